import { sql } from "drizzle-orm";
import { api } from "../../lib/app/api.ts";
import { configure } from "../../lib/config/config.ts";
import { useConnection } from "../../lib/db/client.ts";
import type { Db } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { startPostgres } from "../../test/servers/postgres.ts";
import { createDatabase } from "../../test/support/database/databases.ts";
import { median, percentile, time, verdict } from "../support.ts";

const TOKEN = "a-secret-of-the-bench";
const PROVIDERS = 50;
const SERVICES = 250;
const DAYS = 365;
const TIMES = 200;

/** What a frontend asks for, with a million slots stored, of which a tenth are booked. */
export async function freeSlotsBench(): Promise<void> {
  const server = await startPostgres();
  configure({ ADMIN_TOKEN: TOKEN });
  try {
    const connection = openPostgres(await createDatabase(server.url));
    useConnection(connection);
    const slots = await fill(connection.db);
    const ask = async (n: number) => {
      const url = `https://club.example/api/slots?providerId=p${(n % PROVIDERS) + 1}`;
      const answer = await api.GET(new Request(url));
      const { items } = (await answer.json()) as { items: unknown[] };
      if (items.length === 0) throw new Error(`expected free slots, got none (${answer.status})`);
    };
    const times: number[] = [];
    for (let n = 0; n < TIMES; n++) times.push(await time(() => ask(n)));
    verdict(`a provider's week of ${slots} slots, p95`, percentile(times, 0.95), { atMost: 50 }, " ms");
    const metrics: number[] = [];
    for (let n = 0; n < 5; n++) metrics.push(await time(readMetrics));
    console.log(`metrics of a month over everybody: ${median(metrics).toFixed(0)} ms`);
    await connection.close();
  } finally {
    await server.stop();
  }
}

async function readMetrics(): Promise<void> {
  const headers = { Authorization: `Bearer ${TOKEN}` };
  const answer = await api.GET(new Request("https://club.example/api/admin/slots/metrics", { headers }));
  if (answer.status !== 200) throw new Error(await answer.text());
}

/** A year of slots, eleven a day for each service. Services of a provider start at different minutes and overlap. */
async function fill(db: Db): Promise<number> {
  await db.execute(sql`insert into providers (id, name, timezone)
    select 'p' || n, 'Provider ' || n, 'Europe/Berlin' from generate_series(1, ${PROVIDERS}::int) n`);
  await db.execute(sql`insert into services (id, provider_id, name, duration_minutes, price)
    select 's' || n, 'p' || (n % ${PROVIDERS}::int + 1), 'Service ' || n, 45, 40 from generate_series(1, ${SERVICES}::int) n`);
  await db.execute(sql`insert into booking_slots (service_id, provider_id, local_date, starts_at, ends_at, busy_from,
      busy_until, capacity, booked_count, category, rush_fee_percent, base_price, price)
    select 's' || n, 'p' || (n % ${PROVIDERS}::int + 1), starts_at::date, starts_at, starts_at + interval '45 minutes',
      starts_at, starts_at + interval '45 minutes', 1, case when n <= ${PROVIDERS}::int and slot % 2 = 0 then 1 else 0 end,
      'normal', 0, 40, 40
    from generate_series(1, ${SERVICES}::int) n, generate_series(0, ${DAYS}::int - 1) day, generate_series(0, 10) slot
    cross join lateral (select date_trunc('day', now()) + day * interval '1 day' + interval '7 hours'
      + slot * interval '1 hour' + n / ${PROVIDERS}::int * interval '3 minutes' as starts_at) as own`);
  await db.execute(sql`vacuum analyze`);
  const { rows } = (await db.execute(sql`select count(*)::int as n from booking_slots`)) as unknown as {
    rows: { n: number }[];
  };
  return rows[0]?.n ?? 0;
}
