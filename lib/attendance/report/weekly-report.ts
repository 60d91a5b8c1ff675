import { sql } from "drizzle-orm";
import { config } from "../../config/config.ts";
import { type Db, json, rows } from "../../db/db.ts";
import { sha256 } from "../../hash.ts";
import { queueMails } from "../../mail/queue/enqueue.ts";
import { sender } from "../../mail/sender.ts";
import { localDate } from "../../time/periods.ts";
import type { TrackingRun } from "../google/sync-range.ts";
import type { TrackingContext } from "../google/sync-state.ts";
import { loadTotalMetrics } from "../metrics/report-queries.ts";
import { loadWeek, newestEndedWeek } from "./week-data.ts";

/**
 * What happened to the report. `none`: it has no recipients (`TRACKING_REPORT_TO`). `waiting`: not all days of the week are
 * final. `no-sender`: `EMAIL_FROM` is not set.
 */
export const REPORT_RESULTS = ["none", "waiting", "no-sender", "queued", "already-queued"] as const;
export type ReportResult = (typeof REPORT_RESULTS)[number];

/** The parts of a run that the report needs. */
export type ReportRun = Pick<TrackingRun, "zone" | "state"> & {
  context: Pick<TrackingContext, "db" | "now" | "log" | "checkpoint">;
};

/**
 * Queues the report of the newest week that has ended, once per address, as soon as all days of the week are final. A problem
 * with the report never fails the run: without a chart the mail goes out without it, without a sender it does not go out.
 */
export async function queueWeeklyReport(run: ReportRun): Promise<ReportResult> {
  const { context, zone } = run;
  const { reportTo, reportLanguage } = config().tracking;
  if (reportTo.length === 0) return "none";
  const range = newestEndedWeek(context.now, zone);
  const recipients = new Map(reportTo.map((address) => [dedupeKeyOf(range.from, address), address]));
  const missing = await findUnqueued(context.db, recipients);
  if (missing.length === 0) return "already-queued";
  const today = localDate(context.now, zone);
  const week = await loadTotalMetrics(context.db, range, today);
  if (week.days.final < week.days.days) return "waiting";
  if (config().mail.from === undefined) {
    context.log("warn", "report_without_sender", { week: range.from, detail: "EMAIL_FROM is not set" });
    return "no-sender";
  }
  const { composeReport } = await import("./compose-report.ts"); // needed once a week
  const content = await composeReport(context, await loadWeek(context.db, week, today), reportLanguage);
  const mails = missing.map(([dedupeKey, recipient]) => ({ ...content, dedupeKey, recipient }));
  let queued = 0;
  run.state = await context.checkpoint(async (tx) => {
    // Another run may have queued the same mails since: the unique key keeps the first one.
    queued = (await queueMails(tx, mails, sender().domain, context.now)).size;
    return run.state;
  });
  return queued > 0 ? "queued" : "already-queued";
}

/** The key under which the mail of a week and an address exists once. */
function dedupeKeyOf(monday: string, address: string): string {
  const hash = sha256(address.toLowerCase()).slice(0, 16);
  return `attendance-report:${monday}:${hash}`;
}

/** The recipients whose mail was never queued. @param recipients Addresses by key. @returns pairs of key and address. */
async function findUnqueued(db: Db, recipients: ReadonlyMap<string, string>): Promise<[string, string][]> {
  const mails = await rows<{ key: string }>(
    db,
    sql`select dedupe_key as key from email_queue
      where dedupe_key in (select jsonb_array_elements_text(${json([...recipients.keys()])}))`,
  );
  const queued = new Set(mails.map(({ key }) => key));
  return [...recipients].filter(([key]) => !queued.has(key));
}
