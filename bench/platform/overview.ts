import { sql } from "drizzle-orm";
import { api } from "../../lib/app/api.ts";
import { configure } from "../../lib/config/config.ts";
import { useConnection } from "../../lib/db/client.ts";
import type { Db } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { startPostgres } from "../../test/servers/postgres.ts";
import { createDatabase } from "../../test/support/database/databases.ts";
import { addSite } from "../../test/worlds/site.ts";
import { fillSite, SITE_DAYS } from "../analytics/site-data.ts";
import { percentile, time, verdict } from "../support.ts";
import { fillOperations } from "./dashboard-data.ts";

const TOKEN = "a-secret-of-the-bench";
const TIMES = 30;
const EVENTS = 200_000;
const BOOKINGS = 200_000;
const AMOUNTS = { users: 100_000, weeks: 4, runs: 100_000, mails: 500_000, slots: 1_000_000, days: 3_660 };
const AT_MOST_MS = 200;

const PATHS = [
  "/api/admin/overview",
  ...["nick", "nick99", "user4@", "club.example", "petersen", "service 7", "nothing has this", "2026", "weekly"].map(
    (text) => `/api/admin/search?q=${encodeURIComponent(text)}`,
  ),
];

/** What the console opens with, and its search, on tables of a large club. */
export async function overviewBench(): Promise<void> {
  const server = await startPostgres(["fsync=off", "max_wal_size=8GB"]);
  const connection = openPostgres(await createDatabase(server.url), { max: 10 });
  try {
    useConnection(connection);
    configure({ ADMIN_TOKEN: TOKEN, TRACKING_TIMEZONE: "UTC" });
    await addSite(connection.db, { timezone: "UTC" });
    const today = Date.parse(new Date().toISOString().slice(0, 10));
    const filled = await time(async () => {
      await fillSite(connection.db, EVENTS, today - (SITE_DAYS - 1) * 86_400_000);
      await fillBookings(connection.db);
      await fillOperations(connection.db, AMOUNTS);
    });
    console.log(
      `filled in ${(filled / 1000).toFixed(0)} s: ${JSON.stringify({ ...AMOUNTS, events: EVENTS, bookings: BOOKINGS })}`,
    );
    for (const path of PATHS) await measure(path);
  } finally {
    await connection.close();
    await server.stop();
  }
}

/** Bookings from a year ago to half a year ahead, executions of 400 days, appointments of 60 days, badges, closed days. */
async function fillBookings(db: Db): Promise<void> {
  const run = (statement: string) => db.execute(sql.raw(statement));
  await run(`insert into bookings (id, service_id, service_name, provider_id, provider_name, provider_timezone, starts_at,
      ends_at, price, rush_fee_percent, category, customer_name, customer_email, language, timezone, status,
      idempotency_key_hash, request_hash, token_salt, cancel_token_hash, created_at, updated_at)
    select gen_random_uuid(), 's' || (n % 250 + 1), 'Service ' || (n % 250 + 1), 'p' || (n % 50 + 1), 'Provider', 'Europe/Berlin',
      at, at + interval '1 hour', 40, 0, 'normal', 'Jonas ' || case when n % 1000 = 0 then 'Petersen' else 'Muster' || n end,
      'jonas' || n || '@club.example', 'de', 'Europe/Berlin', case when n % 500 = 0 then 'pending' else 'confirmed' end,
      'key' || n, 'r', 's', 't', at, at
    from generate_series(1, ${BOOKINGS}) n
      cross join lateral (select now() + (n::float8 / ${BOOKINGS} * 550 - 365) * interval '1 day' as at) as own`);
  await run(`insert into job_executions (job_name, trigger, started_at, ended_at, outcome, counts)
    select (array['email-dispatch', 'job-cleanup', 'site-processing', 'slot-maintenance', 'calendar-tracking'])[n % 5 + 1],
      'cron', at, at, 'completed', '{"processed": 25, "failed": 1, "remaining": 0}'
    from generate_series(1, 100000) n cross join lateral (select now() - n * interval '6 minutes' as at) as own`);
  await run(`insert into calendar_appointments (calendar_id, event_id, starts_at, ends_at, local_date, local_hour, all_day,
      status, event_type, title, outcome, sold, confidence, reason, rule_version, potential, consultant, read_at)
    select 'team', 'event' || n, at, at, at::date, 9, false, 'confirmed', 'default', 'title', 'completed', false,
      case when n % 4 = 0 then 'low' else 'high' end, 'otherwise', 1, 'normal', 'Consultant ' || n % 10, at
    from generate_series(1, 100000) n cross join lateral (select now() - n * interval '1 minute' as at) as own`);
  await run(`insert into user_badges (user_id, slug, level, period_kind, period_start)
    select 'user-' || lpad(n::text, 9, '0'), slug, level, 'week', date_trunc('week', now(), 'UTC') - (n % 50 + 1) * interval '7 days'
    from generate_series(1, 100000) n, (select slug, level from badges limit 5) as earned`);
}

async function measure(path: string): Promise<void> {
  const request = new Request(new URL(path, "https://taktwerk.example"), {
    headers: { Authorization: `Bearer ${TOKEN}` },
  });
  let bytes = 0;
  const ask = async () => {
    const answer = await api.GET(request);
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${text}`);
    bytes = text.length;
  };
  const times: number[] = [];
  for (let n = 0; n <= TIMES; n++) {
    const ms = await time(ask);
    if (n > 0) times.push(ms); // the first fills caches
  }
  const p50 = percentile(times, 0.5).toFixed(0);
  const name = `${path}, ${(bytes / 1024).toFixed(1)} KB, median ${p50} ms, p95`;
  verdict(name, percentile(times, 0.95), { atMost: AT_MOST_MS }, " ms");
}
