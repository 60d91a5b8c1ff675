import { sql } from "drizzle-orm";
import { generateSlots } from "../../lib/booking/availability/generate-slots.ts";
import { workingHours } from "../../lib/booking/availability/working-hours.ts";
import { slotMaintenance } from "../../lib/booking/slots/maintenance.ts";
import { planSlots } from "../../lib/booking/slots/plan-slots.ts";
import { configure } from "../../lib/config/config.ts";
import type { Db } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { createInvocation } from "../../lib/jobs/invocation.ts";
import { runOccurrence } from "../../lib/jobs/occurrence.ts";
import { redirectLog } from "../../lib/log.ts";
import { wallClock } from "../../lib/time/wall-clock.ts";
import { DAY_MINUTES, wallOfDate } from "../../lib/time/wall-minutes.ts";
import { startPostgres } from "../../test/servers/postgres.ts";
import { createDatabase } from "../../test/support/database/databases.ts";
import { median, time, verdict } from "../support.ts";

const PROVIDERS = 200;
const SERVICES = 1_000;
const LEAST_SLOTS = 240_000;
const ROUNDS = 7;
const NOW = new Date("2026-05-01T02:00:00Z");

/** Slots of 1,000 services for 30 days ahead: made, found to be there, and as a bare insert of the same rows. */
export async function slotsBench(): Promise<void> {
  planOf2000Ranges();
  const server = await startPostgres();
  redirectLog(() => {});
  configure({});
  try {
    const { db, close } = openPostgres(await createDatabase(server.url));
    await addServices(db);
    const made: number[] = [];
    const again: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await db.execute(sql`truncate booking_slots cascade`);
      made.push(await time(() => maintain(db, round * 2)));
      again.push(await time(() => maintain(db, round * 2 + 1)));
      if (round === 0) await keepCopy(db);
      await db.execute(sql`truncate booking_slots cascade`);
      bare.push(
        await time(() => db.execute(sql`insert into booking_slots (${COLUMNS}) select ${COLUMNS} from copied`)),
      );
    }
    await close();
    const seconds = (times: number[]) => times.map((ms) => (ms / 1000).toFixed(2)).join(" ");
    console.log(`made ${seconds(made)}; again ${seconds(again)}; bare insert ${seconds(bare)} s`);
    const against = (some: number[], others: number[]) =>
      median(some.map((ms, round) => ms / (others[round] ?? Number.NaN)));
    verdict(`slots of ${SERVICES} services, 30 days ahead`, median(made) / 1000, { atMost: 10 }, " s");
    verdict("making them against a bare insert", against(made, bare), { atMost: 3 });
    verdict("a run with nothing to do against it", against(again, made), { atMost: 0.1 });
  } finally {
    await server.stop();
  }
}

const COLUMNS =
  sql.raw(`service_id, provider_id, local_date, starts_at, ends_at, busy_from, busy_until, capacity, category,
  rush_fee_percent, base_price, price`);

/** Each works from 8 to 17 with a break and is booked by the hour. */
async function addServices(db: Db): Promise<void> {
  await db.execute(sql`insert into providers (id, name, timezone)
    select 'provider-' || n, 'Provider ' || n, (array['Europe/Berlin', 'Asia/Kathmandu', 'America/New_York', 'UTC'])[n % 4 + 1]
    from generate_series(1, ${PROVIDERS}::int) n`);
  await db.execute(sql`insert into provider_availability
      (provider_id, weekday, start_minute, end_minute, break_start_minute, break_end_minute)
    select id, weekday, 480, 1020, 720, 780 from providers, generate_series(0, 6) weekday`);
  await db.execute(sql`insert into services (id, provider_id, name, duration_minutes, price)
    select 'service-' || n, 'provider-' || n % ${PROVIDERS}::int + 1, 'Service ' || n, 60, 45
    from generate_series(1, ${SERVICES}::int) n`);
  await db.execute(sql`vacuum analyze`);
}

async function keepCopy(db: Db): Promise<void> {
  await db.execute(sql`create table copied as select * from booking_slots order by id`);
  const count = await db.$count(sql`copied`);
  if (count < LEAST_SLOTS) throw new Error(`expected at least ${LEAST_SLOTS} slots, got ${count}`);
}

async function maintain(db: Db, nth: number): Promise<void> {
  const invocation = createInvocation(db, NOW, "manual", Number.POSITIVE_INFINITY);
  const { outcome } = await runOccurrence(slotMaintenance, {}, new Date(NOW.getTime() + nth), invocation);
  if (outcome.status !== "completed") throw new Error(`expected a completed run, got ${JSON.stringify(outcome)}`);
}

const DAYS = 40;
const WINDOWS_A_DAY = 50;

/** The pure part of a plan: 2,000 working ranges, the slots in them, and the differences from the existing slots. */
function planOf2000Ranges(): void {
  const week = Array.from({ length: 7 * WINDOWS_A_DAY }, (_, n) => {
    const start = Math.floor(n / 7) * 28;
    return { weekday: n % 7, start, end: start + 20, breakHours: null };
  });
  const first = wallOfDate("2026-03-10"); // the clock goes forward within
  const schedule = { week, exceptions: [], clock: wallClock("Europe/Berlin") };
  const service = { durationMinutes: 20, bufferBefore: 0, bufferAfter: 0, priceCents: 4_500, timeSlots: [] };
  const bounds = { now: 0, today: 0, horizon: Number.POSITIVE_INFINITY, maxSlots: 100_000, forceCleanup: false };
  const plan = () => {
    const wanted = generateSlots(service, workingHours(schedule, first, first + (DAYS - 1) * DAY_MINUTES));
    const existing = wanted.filter((_, n) => n % 2 === 0).map((slot, id) => ({ ...slot, id, taken: 0 }));
    return planSlots(wanted, existing, bounds);
  };
  const times: number[] = [];
  for (let round = 0; round < 60; round++) {
    const start = performance.now();
    const { add, keep } = plan();
    times.push(performance.now() - start);
    if (add.length + keep.length < 0.99 * DAYS * WINDOWS_A_DAY) throw new Error("expected a slot in each range");
  }
  verdict(`the plan for ${DAYS * WINDOWS_A_DAY} ranges`, median(times), { atMost: 10 }, " ms");
}
