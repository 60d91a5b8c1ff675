import { type SQL, sql } from "drizzle-orm";
import { type Db, instantOf, row, rows } from "../../db/db.ts";
import type { Site } from "../sites/access.ts";
import type { Span } from "./report-range.ts";

/** What roll-ups sum up. */
interface Sums {
  events: number;
  page_views: number;
  visits: number;
  bounces: number;
  duration_ms: number;
  visitors: number;
}

/** Sums of a span, or of a part of it. Rates are in percent, and null where there is nothing to divide by. */
export interface Figures {
  visitors: number;
  visits: number;
  page_views: number;
  events: number;
  bounce_rate: number | null;
  visit_duration_seconds: number | null;
  pages_per_visit: number | null;
}

const SUMS = sql.raw(
  ["events", "page_views", "visits", "bounces", "duration_ms", "visitors"]
    .map((name) => `coalesce(sum(${name}), 0)::float8 as ${name}`)
    .join(", "),
);

/** Local days as instants: [first, after the last). */
const within = ({ customerId, timezone }: Site, { from, to }: Span): SQL =>
  sql`customer_id = ${customerId} and bucket >= ${from}::date::timestamp at time zone ${timezone}
    and bucket < (${to}::date + 1)::timestamp at time zone ${timezone}`;

/** People's figures: bots are kept apart. Visitors are counted once a day. */
export async function summary(db: Db, site: Site, span: Span): Promise<Figures & { bot_events: number }> {
  const sums = await row<Sums & { bot_events: number }>(
    db,
    sql`select ${SUMS}, (select coalesce(sum(events), 0)::float8 from business.rollups
          where dimension = 'bot' and ${within(site, span)}) as bot_events
      from business.rollups where dimension in ('hour', 'day') and ${within(site, span)}`,
  );
  return { ...figuresOf(sums), bot_events: sums.bot_events };
}

function figuresOf({ visitors, visits, page_views, events, bounces, duration_ms }: Sums): Figures {
  const per = (value: number, factor = 1) => (visits === 0 ? null : Math.round((factor * 100 * value) / visits) / 100);
  return {
    visitors,
    visits,
    page_views,
    events,
    bounce_rate: per(bounces, 100),
    visit_duration_seconds: per(duration_ms / 1000),
    pages_per_visit: per(page_views),
  };
}

/** Every part of the span, those in which nothing was too. By the hour nobody counts visitors: they are of a day. */
export async function queryTimeSeries(db: Db, site: Site, span: Span) {
  const { interval } = span;
  const zone = site.timezone;
  // Events are summed up by the hour already; to cut one again would join the two halves of a clock that is put back by 30 minutes.
  const part = interval === "hour" ? sql`bucket` : sql`date_trunc(${interval}, bucket, ${zone})`;
  const found = await rows<Sums & { start: string }>(
    db,
    sql`select start, ${SUMS} from (${startsOf(site, span)}) as parts
        left join (select *, ${part} as part from business.rollups
          where dimension in ('hour', 'day') and ${within(site, span)}) as rollup on part = start
      group by start order by start`,
  );
  return found.map(({ start, ...sums }) => {
    const { visitors, ...figures } = figuresOf(sums);
    return { start: instantOf(start).toISOString(), ...(interval === "hour" ? {} : { visitors }), ...figures };
  });
}

/**
 * A query for the instants at which the parts of a span begin, as `start`. Days, weeks and months are counted on the site's
 * calendar. Hours are those that any of its quarters falls into, since a clock may be set by half an hour (Lord Howe Island).
 * Postgres can count in a zone by itself only from version 16 on.
 */
function startsOf({ timezone }: Site, { from, to, interval }: Span): SQL {
  if (interval === "hour") {
    return sql`select distinct date_trunc('hour', quarter, ${timezone}) as start from generate_series(
      ${from}::date::timestamp at time zone ${timezone},
      (${to}::date + 1)::timestamp at time zone ${timezone} - interval '1 ms', interval '15 minutes') as quarter`;
  }
  return sql`select first at time zone ${timezone} as start from generate_series(
    date_trunc(${interval}, ${from}::date::timestamp), ${to}::date::timestamp, ${`1 ${interval}`}::interval) as first`;
}

/** Dimensions of which the first are shown: pages by views, event types and bots by events, all others by visits. */
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

export type Dimension = (typeof DIMENSIONS)[number];

export interface Top extends Pick<Figures, "visits" | "bounce_rate" | "visit_duration_seconds"> {
  value: string;
  page_views: number;
  events: number;
}

/** The first so many values of each dimension. */
export async function queryTopValues(db: Db, site: Site, span: Span, limit: number): Promise<Record<Dimension, Top[]>> {
  const found = await rows<Sums & { dimension: Dimension; value: string }>(
    db,
    sql`select * from (
        select dimension, value, ${SUMS}, row_number() over (partition by dimension
          order by case when dimension = 'page' then sum(page_views) when dimension in ('event', 'bot') then sum(events)
            else sum(visits) end desc, value) as nth
        from business.rollups where dimension = any(${sql.param([...DIMENSIONS])}::text[]) and ${within(site, span)}
        group by dimension, value having sum(events) > 0 or sum(visits) > 0) as ranked
      where nth <= ${limit} order by dimension, nth`,
  );
  const grouped = Object.groupBy(found, ({ dimension }) => dimension);
  const of = (name: Dimension): Top[] =>
    (grouped[name] ?? []).map(({ value, ...sums }) => {
      const { visits, page_views, events, bounce_rate, visit_duration_seconds } = figuresOf(sums);
      return { value, visits, page_views, events, bounce_rate, visit_duration_seconds };
    });
  return Object.fromEntries(DIMENSIONS.map((name) => [name, of(name)])) as Record<Dimension, Top[]>;
}
