import { type SQL, sql } from "drizzle-orm";
import { type Db, instantOf, row, rows } from "../../db/db.ts";
import type { Site } from "../sites/access.ts";
import type { ReportRange } from "./report-range.ts";

/** The sums of rollups. */
interface RollupSums {
  events: number;
  page_views: number;
  visits: number;
  bounces: number;
  duration_ms: number;
  visitors: number;
}

/** The traffic of a range or a part of it. Rates are in percent, and null if there were no visits. */
export interface Traffic {
  visitors: number;
  visits: number;
  page_views: number;
  events: number;
  bounce_rate: number | null;
  visit_duration_seconds: number | null;
  pages_per_visit: number | null;
}

const SUM_COLUMNS = sql.raw(
  ["events", "page_views", "visits", "bounces", "duration_ms", "visitors"]
    .map((name) => `coalesce(sum(${name}), 0)::float8 as ${name}`)
    .join(", "),
);

/** The condition for the rollups of a site within a range of local days. */
const isWithin = ({ customerId, timezone }: Site, { from, to }: ReportRange): SQL =>
  sql`customer_id = ${customerId} and bucket >= ${from}::date::timestamp at time zone ${timezone}
    and bucket < (${to}::date + 1)::timestamp at time zone ${timezone}`;

/** Sums the traffic of people in a range; bots count separately. A visitor counts once per day. */
export async function querySummary(db: Db, site: Site, range: ReportRange): Promise<Traffic & { bot_events: number }> {
  const sums = await row<RollupSums & { bot_events: number }>(
    db,
    sql`select ${SUM_COLUMNS}, (select coalesce(sum(events), 0)::float8 from business.rollups
          where dimension = 'bot' and ${isWithin(site, range)}) as bot_events
      from business.rollups where dimension in ('hour', 'day') and ${isWithin(site, range)}`,
  );
  return { ...toTraffic(sums), bot_events: sums.bot_events };
}

function toTraffic({ visitors, visits, page_views, events, bounces, duration_ms }: RollupSums): Traffic {
  const perVisit = (value: number, factor = 1) =>
    visits === 0 ? null : Math.round((factor * 100 * value) / visits) / 100;
  return {
    visitors,
    visits,
    page_views,
    events,
    bounce_rate: perVisit(bounces, 100),
    visit_duration_seconds: perVisit(duration_ms / 1000),
    pages_per_visit: perVisit(page_views),
  };
}

/** Sums the traffic of each interval of a range, including empty ones. By the hour there are no visitors: they count per day. */
export async function queryTimeSeries(db: Db, site: Site, range: ReportRange) {
  const { interval } = range;
  const zone = site.timezone;
  // Rollups are hourly already. Truncating again would join the two halves of an hour when a clock is put back by 30 minutes.
  const part = interval === "hour" ? sql`bucket` : sql`date_trunc(${interval}, bucket, ${zone})`;
  const parts = await rows<RollupSums & { start: string }>(
    db,
    sql`select start, ${SUM_COLUMNS} from (${intervalStarts(site, range)}) as parts
        left join (select *, ${part} as part from business.rollups
          where dimension in ('hour', 'day') and ${isWithin(site, range)}) as rollup on part = start
      group by start order by start`,
  );
  return parts.map(({ start, ...sums }) => {
    const { visitors, ...traffic } = toTraffic(sums);
    return { start: instantOf(start).toISOString(), ...(interval !== "hour" && { visitors }), ...traffic };
  });
}

/**
 * A query for the instants at which the intervals of a range start, as `start`. Days, weeks and months follow the site's
 * calendar. Hours are found by quarters of an hour, since a clock may change by half an hour (Lord Howe Island).
 * `generate_series` accepts a zone only from Postgres 16 on.
 */
function intervalStarts({ timezone }: Site, { from, to, interval }: ReportRange): SQL {
  if (interval === "hour") {
    return sql`select distinct date_trunc('hour', quarter, ${timezone}) as start from generate_series(
      ${from}::date::timestamp at time zone ${timezone},
      (${to}::date + 1)::timestamp at time zone ${timezone} - interval '1 ms', interval '15 minutes') as quarter`;
  }
  return sql`select first at time zone ${timezone} as start from generate_series(
    date_trunc(${interval}, ${from}::date::timestamp), ${to}::date::timestamp, ${`1 ${interval}`}::interval) as first`;
}

/** The dimensions of the dashboard: pages rank by views, event types and bots by events, all others by visits. */
const DIMENSIONS = [
  "page",
  "entry",
  "exit",
  "referrer",
  "utm_source",
  "utm_medium",
  "utm_campaign",
  "device",
  "browser",
  "os",
  "country",
  "event",
  "bot",
] as const;

type Dimension = (typeof DIMENSIONS)[number];

export interface TopValue extends Pick<Traffic, "visits" | "bounce_rate" | "visit_duration_seconds"> {
  value: string;
  page_views: number;
  events: number;
}

/** Reads the top values of each dimension. @param limit How many values per dimension. */
export async function queryTopValues(
  db: Db,
  site: Site,
  range: ReportRange,
  limit: number,
): Promise<Record<Dimension, TopValue[]>> {
  const values = await rows<RollupSums & { dimension: Dimension; value: string }>(
    db,
    sql`select * from (
        select dimension, value, ${SUM_COLUMNS}, row_number() over (partition by dimension
          order by case when dimension = 'page' then sum(page_views) when dimension in ('event', 'bot') then sum(events)
            else sum(visits) end desc, value) as nth
        from business.rollups where dimension = any(${sql.param([...DIMENSIONS])}::text[]) and ${isWithin(site, range)}
        group by dimension, value having sum(events) > 0 or sum(visits) > 0) as ranked
      where nth <= ${limit} order by dimension, nth`,
  );
  const byDimension = Object.groupBy(values, ({ dimension }) => dimension);
  const topValues = (name: Dimension): TopValue[] =>
    (byDimension[name] ?? []).map(({ value, ...sums }) => {
      const { visits, page_views, events, bounce_rate, visit_duration_seconds } = toTraffic(sums);
      return { value, visits, page_views, events, bounce_rate, visit_duration_seconds };
    });
  return Object.fromEntries(DIMENSIONS.map((name) => [name, topValues(name)])) as Record<Dimension, TopValue[]>;
}
