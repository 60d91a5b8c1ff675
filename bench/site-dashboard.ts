import { sql } from "drizzle-orm";
import { configure } from "../lib/config.ts";
import { useConnection } from "../lib/db/client.ts";
import { type Db, rows } from "../lib/db/db.ts";
import { openPostgres } from "../lib/db/postgres.ts";
import { dashboardEndpoint } from "../lib/site/dashboard-route.ts";
import { createDatabase } from "../test/support/databases.ts";
import { startPostgres } from "../test/support/postgres-server.ts";
import { addSite } from "../test/support/site.ts";
import { percentile, time, verdict } from "./support.ts";

const EVENTS = 10_000_000;
const PER_VISIT = 5;
const DAYS = 90;
const PAGES = 500;
const REQUESTS = 60;

/** The dashboard of a site with ten million events in ninety days, over all of them and over the last thirty days. */
export async function siteDashboardBench(events = EVENTS): Promise<void> {
  const server = await startPostgres(["fsync=off", "max_wal_size=8GB"]);
  const { db, close } = openPostgres(await createDatabase(server.url), { max: 10 });
  try {
    useConnection({ db, driver: "postgres", close });
    configure({});
    const { readKey } = await addSite(db, { timezone: "UTC" });
    console.log(`filled with ${events} events in ${((await time(() => fill(db, events))) / 1000).toFixed(0)} s`);
    const ask = async (query: string) => {
      const request = new Request(`https://taktwerk.example/api/v1/track/dashboard?${query}`, {
        headers: { Authorization: `Bearer ${readKey}` },
      });
      const response = await dashboardEndpoint.GET(request);
      const answer = (await response.json()) as { total_events: number; summary: { page_views: number } };
      if (answer.total_events !== events) throw new Error(`expected ${events} events, got ${answer.total_events}`);
      return answer;
    };
    const [from, middle, to] = [dayOf(0), dayOf(DAYS - 30), dayOf(DAYS - 1)];
    for (const [name, query] of [
      ["30 days", `from=${middle}&to=${to}`],
      ["90 days", `from=${from}&to=${to}`],
      ["31 days by the hour", `from=${middle}&to=${to}&interval=hour`],
    ] as const) {
      await ask(query); // warms up
      const taken: number[] = [];
      for (let nth = 0; nth < REQUESTS; nth++) taken.push(await time(() => ask(query)));
      console.log(`${name}: median ${percentile(taken, 0.5).toFixed(0)} ms`);
      verdict(`dashboard of ${name} over ${events} events, p95`, percentile(taken, 0.95), { atMost: 300 }, " ms");
    }
  } finally {
    await close();
    await server.stop();
  }
}

const START = Date.parse("2026-01-01T00:00:00Z");
const dayOf = (nth: number): string => new Date(START + nth * 86_400_000).toISOString().slice(0, 10);

/** Straight into business, as promotion would leave it: to send them all would take a quarter of an hour. */
async function fill(db: Db, events: number): Promise<void> {
  const step = (DAYS * 86_400) / (events / PER_VISIT);
  await rows(
    db,
    sql`insert into business.events (customer_id, event_id, received_at, occurred_at, event_type, page_view, page_url, page,
        session_key, visitor_id, referrer, device, browser, os, country, quality_score, quality, event_data)
      select 'shop', 'e' || n, at, at, case when n % 5 = 3 then 'click' else 'page_view' end, n % 5 <> 3,
        'https://shop.example/' || page, 'shop.example/' || page, 's' || visit, 'v' || visit % 400000,
        case visit % 4 when 0 then 'google.com' when 1 then 'site' || visit % 200 || '.example' end,
        case visit % 3 when 0 then 'desktop' else 'mobile' end, 'Chrome', 'Android', 'DE', 1.0, 'VALID', '{}'
      from generate_series(0, ${events - 1}::int) as n
      cross join lateral (select n / ${PER_VISIT}::int as visit, (n * 7919::bigint) % ${PAGES}::int as page) as of
      cross join lateral (select to_timestamp(${START / 1000}::float8 + visit * ${step}::float8 + n % 5 * 40) as at) as time`,
  );
  await rows(
    db,
    sql`insert into business.sessions (customer_id, session_key, started_at, ended_at, first_event_id, visitor_id, events,
        page_views, entry_at, entry_page, exit_at, exit_page, referrer, device, browser, os, country)
      select customer_id, session_key, min(occurred_at), max(occurred_at), min(event_id), min(visitor_id), count(*),
        sum(page_view::int), min(occurred_at), min(page), max(occurred_at), max(page), min(referrer), min(device), 'Chrome',
        'Android', 'DE' from business.events group by customer_id, session_key`,
  );
  const ofEvents = (dimension: string, unit: string, value: string) =>
    sql.raw(`select '${dimension}' as dimension, date_trunc('${unit}', occurred_at, 'UTC') as bucket, ${value} as value,
      count(*) as events, sum(page_view::int) as page_views, 0::bigint as visits, 0::bigint as bounces, 0::bigint as duration,
      0::bigint as visitors from business.events group by 2, 3`);
  const ofVisits = (dimension: string, unit: string, value: string) =>
    sql.raw(`select '${dimension}', date_trunc('${unit}', started_at, 'UTC'), ${value}, 0, 0, count(*), 0,
      sum(extract(epoch from ended_at - started_at) * 1000)::bigint, count(distinct visitor_id) from business.sessions group by 2, 3`);
  const parts = [
    ofEvents("hour", "hour", "''"),
    ofEvents("page", "day", "page"),
    ofEvents("event", "day", "event_type"),
    ofVisits("hour", "hour", "''"),
    ...["entry_page", "exit_page", "coalesce(referrer, '')", "device", "browser", "os", "country"].map((value) =>
      ofVisits(value.replace(/_page|coalesce\(|, ''\)/g, ""), "day", value),
    ),
  ];
  await rows(
    db,
    sql`insert into business.rollups (customer_id, dimension, bucket, value, events, page_views, visits, bounces, duration_ms,
        visitors)
      select 'shop', dimension, bucket, value, sum(events), sum(page_views), sum(visits), sum(bounces), sum(duration),
        sum(visitors) from (${sql.join(parts, sql` union all `)}) as sums group by dimension, bucket, value`,
  );
  await rows(db, sql`vacuum analyze`);
}
