import { sql } from "drizzle-orm";
import * as z from "zod";
import { readBacklog } from "../../analytics/pipeline/backlog.ts";
import { queryTimeSeries } from "../../analytics/reports/report-queries.ts";
import { config } from "../../config/config.ts";
import { at, type Db, row, rows } from "../../db/db.ts";
import { count, sentDate } from "../../http/responses/fields.ts";
import { addDays } from "../../time/dates.ts";
import { DAY_MS } from "../../time/durations.ts";
import { localDate } from "../../time/periods.ts";

const DAYS = 30;
/** Most clubs have one site. More than these would make the overview slow; the page of sites has them all. */
const MOST_SITES = 10;

export const siteFigures = z
  .object({
    sites: count.meta({ description: "The open sites that are counted, at most ten; 0 if none is set up." }),
    visitors: count.meta({ description: "Visitors of the 30 days up to today, each once a day." }),
    trendPercent: z.number().nullable().meta({
      description:
        "The 29 full days compared with the same days 30 days before, in percent; null without visitors then.",
    }),
    days: z.array(
      z
        .object({
          date: sentDate.meta({ description: "In the zone of each site." }),
          visitors: count,
          previous: count.meta({ description: "The visitors 30 days before." }),
        })
        .meta({ id: "VisitorDay", description: "The visitors of a day on all counted sites." }),
    ),
    lagSeconds: count.meta({ description: "How long the oldest pending event has waited." }),
    pending: count.meta({ description: "The events of all sites that are on their way." }),
    rejected: count.meta({ description: "The events of all sites that were refused in the last 24 hours." }),
  })
  .meta({ id: "SiteFigures", description: "The visitors of 30 days on all sites, and how the pipeline stands." });

/** Reads the visitors of the open sites by day, each site in its own zone, and the state of the pipeline. */
export async function readSiteFigures(db: Db, now: Date): Promise<z.input<typeof siteFigures>> {
  const [sites, backlog, rejected] = await Promise.all([readOpenSites(db), readBacklog(db), countRejected(db, now)]);
  const series = await Promise.all(
    sites.map((site) => {
      const today = localDate(now, site.timezone);
      return queryTimeSeries(db, site, { from: addDays(today, 1 - 2 * DAYS), to: today, interval: "day" });
    }),
  );
  // All series end today and have one entry for each day, so entries at the same place belong together.
  const perDay = Array.from({ length: 2 * DAYS }, (_, nth) =>
    series.reduce((sum, days) => sum + (days[nth]?.visitors ?? 0), 0),
  );
  const [before, current] = [perDay.slice(0, DAYS), perDay.slice(DAYS)];
  const today = localDate(now, sites[0]?.timezone ?? config().timeZone);
  const [fullDays, sameDays] = [total(current.slice(0, -1)), total(before.slice(0, -1))];
  return {
    sites: sites.length,
    visitors: total(current),
    trendPercent: sameDays === 0 ? null : Math.round((1_000 * (fullDays - sameDays)) / sameDays) / 10,
    days: current.map((visitors, nth) => {
      return { date: addDays(today, nth + 1 - DAYS), visitors, previous: before[nth] ?? 0 };
    }),
    lagSeconds:
      backlog.oldest === undefined ? 0 : Math.max(0, Math.round((Number(now) - Number(backlog.oldest)) / 1000)),
    pending: backlog.raw + backlog.staging,
    rejected,
  };
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const readOpenSites = (db: Db) =>
  rows<{ customerId: string; timezone: string }>(
    db,
    sql`select customer_id as "customerId", timezone from sites where active order by customer_id limit ${MOST_SITES}`,
  );

async function countRejected(db: Db, now: Date): Promise<number> {
  const { rejected } = await row<{ rejected: number }>(
    db,
    sql`select count(*)::int as rejected from raw.dead_letters
      where received_at > ${at(new Date(now.getTime() - DAY_MS))}`,
  );
  return rejected;
}
