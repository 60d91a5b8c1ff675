import { sql } from "drizzle-orm";
import { config } from "../../config/config.ts";
import { type Db, json, rows } from "../../db/db.ts";
import { describeError } from "../../errors.ts";
import { sha256 } from "../../hash.ts";
import { queueMails } from "../../mail/queue/enqueue.ts";
import { sender } from "../../mail/sender.ts";
import { localDate } from "../../time/periods.ts";
import type { Language } from "../../users/languages.ts";
import type { TrackingRun } from "../google/sync-range.ts";
import type { TrackingContext } from "../google/sync-state.ts";
import { loadTotalMetrics } from "../metrics/report-queries.ts";
import { chartSvg, dayBar } from "./chart.ts";
import { createFormats } from "./formats.ts";
import { renderPng } from "./render-png.ts";
import { reportLetter } from "./report-letter.ts";
import { REPORT_TEXTS } from "./report-texts.ts";
import { loadWeek, newestEndedWeek, type WeekData } from "./week-data.ts";

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
  const content = await composeMail(run, await loadWeek(context.db, week, today), reportLanguage);
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

/** The mail without its recipient. */
async function composeMail(run: ReportRun, data: WeekData, language: Language) {
  const chart = await drawChart(run, data, language);
  const letter = reportLetter(data, language, chart !== undefined);
  return { ...letter, userId: null, unsubscribeUrl: null, inlineImage: chart?.toString("base64") ?? null };
}

/** The chart as PNG; undefined, with an error in the log, if it cannot be drawn. */
async function drawChart({ context }: ReportRun, { days, week }: WeekData, language: Language) {
  const formats = createFormats(language);
  const bars = days.map((day) => dayBar(day, formats));
  try {
    return await renderPng(chartSvg(bars, REPORT_TEXTS[language].chart));
  } catch (error) {
    context.log("error", "report_chart_failed", { week: week.from, error: describeError(error) });
    return undefined;
  }
}
