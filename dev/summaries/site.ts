import { querySummary, queryTopValues } from "../../lib/analytics/reports/report-queries.ts";
import type { Db } from "../../lib/db/db.ts";
import { table } from "../../lib/text-table.ts";
import { localDate } from "../../lib/time/periods.ts";
import { DEMO_SITE } from "../demo-data/seed-site.ts";
import { indented, type Summary } from "./summary.ts";

const DAYS = 14;
const SHOWN = 5;

/** Summarises the visits of the demo site, for a terminal. */
export async function siteSummary(db: Db, now: Date, timezone: string): Promise<Summary> {
  const site = { customerId: DEMO_SITE.customerId, timezone };
  const first = new Date(now.getTime() - (DAYS - 1) * 86_400_000);
  const span = { from: localDate(first, timezone), to: localDate(now, timezone), interval: "day" as const };
  const [total, { page, referrer }] = await Promise.all([
    querySummary(db, site, span),
    queryTopValues(db, site, span, SHOWN),
  ]);
  const number = (value: number | null) => (value ?? 0).toLocaleString("en");
  const facts = [
    `Demo site, ${DAYS} days: ${number(total.visits)} visits with ${number(total.page_views)} page views;`,
    `bounce rate ${number(total.bounce_rate)} %, ${number(total.visit_duration_seconds)} s a visit;`,
    `${number(total.bot_events)} events of bots are counted separately.`,
  ];
  const pages = table(
    ["page", "views"],
    page.map(({ value, page_views }) => [value, number(page_views)]),
  );
  const sources = table(
    ["came from", "visits"],
    referrer.map(({ value, visits }) => [value || "direct", number(visits)]),
  );
  const sentence = `${number(total.visits)} visits with ${number(total.page_views)} page views in ${DAYS} days`;
  return { sentence, report: [facts.join(" "), indented(pages), indented(sources)].join("\n\n") };
}
