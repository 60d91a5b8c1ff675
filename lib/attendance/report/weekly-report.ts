import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { config } from "../../config/config.ts";
import { type Db, json, rows } from "../../db/db.ts";
import { describeError } from "../../errors.ts";
import { queueMails } from "../../mail/queue/enqueue.ts";
import { sender } from "../../mail/sender.ts";
import type { Language } from "../../mail/template/language.ts";
import { localDate } from "../../time/periods.ts";
import type { TrackingRun } from "../google/sync-range.ts";
import type { TrackingContext } from "../google/sync-state.ts";
import { loadTotalMetrics } from "../metrics/report-queries.ts";
import { dayBar } from "./bars.ts";
import { chartSvg } from "./chart.ts";
import { createFormats } from "./formats.ts";
import { renderPng } from "./render-png.ts";
import { reportLetter } from "./report-letter.ts";
import { REPORT_TEXTS } from "./report-texts.ts";
import { loadWeek, newestEndedWeek, type WeekData } from "./week-data.ts";

/** What became of the report: nobody wants it, the week is not final yet, nobody is set to send it, or it is on its way. */
export type ReportResult = "none" | "waiting" | "no-sender" | "queued" | "already-queued";

/** What it takes of a run of tracking. */
export type ReportRun = Pick<TrackingRun, "zone" | "state"> & {
  context: Pick<TrackingContext, "db" | "now" | "log" | "checkpoint">;
};

/**
 * Queues the attendance report of the newest week that has ended, once for each address, as soon as all its days are final.
 * It keeps no run from its end: it goes without its chart where that cannot be drawn, and does not go where no sender is set.
 */
export async function queueWeeklyReport(run: ReportRun): Promise<ReportResult> {
  const { context, zone } = run;
  const { reportTo, reportLanguage } = config().tracking;
  if (reportTo.length === 0) return "none";
  const span = newestEndedWeek(context.now, zone);
  const missing = await notQueued(context.db, new Map(reportTo.map((address) => [keyOf(span.from, address), address])));
  if (missing.length === 0) return "already-queued";
  const today = localDate(context.now, zone);
  const week = await loadTotalMetrics(context.db, span, today);
  if (week.days.final < week.days.days) return "waiting";
  if (config().mail.from === undefined) {
    context.log("warn", "report_without_sender", { week: span.from, detail: "EMAIL_FROM is not set" });
    return "no-sender";
  }
  const content = await compose(run, await loadWeek(context.db, week, today), reportLanguage);
  const mails = missing.map(([dedupeKey, recipient]) => ({ ...content, dedupeKey, recipient }));
  let fresh = 0;
  run.state = await context.checkpoint(async (tx) => {
    // Another run may have been as far as this one: a key makes one mail, whoever is first.
    fresh = (await queueMails(tx, mails, sender().domain, context.now)).size;
    return run.state;
  });
  return fresh > 0 ? "queued" : "already-queued";
}

function keyOf(monday: string, address: string): string {
  const hash = createHash("sha256").update(address.toLowerCase()).digest("hex").slice(0, 16);
  return `attendance-report:${monday}:${hash}`;
}

/** Those of the mails that are not in the queue, nor were. @param recipients By key. */
async function notQueued(db: Db, recipients: ReadonlyMap<string, string>): Promise<[string, string][]> {
  const found = await rows<{ key: string }>(
    db,
    sql`select dedupe_key as key from email_queue
      where dedupe_key in (select jsonb_array_elements_text(${json([...recipients.keys()])}))`,
  );
  const queued = new Set(found.map(({ key }) => key));
  return [...recipients].filter(([key]) => !queued.has(key));
}

/** The mail, but for whom it goes to. */
async function compose(run: ReportRun, facts: WeekData, language: Language) {
  const picture = await draw(run, facts, language);
  const letter = reportLetter(facts, language, picture !== undefined);
  return { ...letter, userId: null, unsubscribeUrl: null, inlineImage: picture?.toString("base64") ?? null };
}

async function draw({ context }: ReportRun, { days, week }: WeekData, language: Language) {
  const formats = createFormats(language);
  const bars = days.map((day) => dayBar(day, formats));
  try {
    return await renderPng(chartSvg(bars, REPORT_TEXTS[language].chart));
  } catch (error) {
    context.log("error", "report_chart_failed", { week: week.from, error: describeError(error) });
    return undefined;
  }
}
