import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cleanup } from "../../../lib/app/cleanup.ts";
import { JOBS } from "../../../lib/app/registry.ts";
import type { Outcome } from "../../../lib/attendance/classification/rules.ts";
import type { BookingStatus } from "../../../lib/booking/bookings/schema.ts";
import { slotHolds } from "../../../lib/booking/schema.ts";
import { configure } from "../../../lib/config/config.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { runJob } from "../../../lib/jobs/endpoint/run-job.ts";
import { anyJob } from "../../../lib/jobs/job.ts";
import { addDays as shift } from "../../../lib/time/dates.ts";
import { DATABASES, empty } from "../../support/database/databases.ts";
import { invocation } from "../../support/jobs/invoke-weekly.ts";
import { DAY, later } from "../../support/jobs/ticks-timeline.ts";
import { afterMinutes, queue } from "../../support/mail/dispatch-run.ts";
import { appointment, closeDays, writePage } from "../../worlds/attendance.ts";
import { addBookings } from "../../worlds/bookings.ts";
import { addProvider, addService, addSlots } from "../../worlds/slots.ts";

const NOW = new Date("2026-06-01T12:02:00Z");

describe.each(DATABASES)("the cleanup on $name", ({ open }) => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    connection = await open();
    db = connection.db;
  });
  afterAll(() => connection.close());
  beforeEach(() => {
    configure({});
    return empty(db);
  });

  const clean = async (at = NOW) =>
    (await runJob(anyJob(cleanup(JOBS)), {}, at, invocation(db, at.toISOString()))).body;
  const add = (job: string, daysAgo: number, status: string, missed = false) =>
    rows(
      db,
      sql`insert into job_runs (job_name, scheduled_for, status, trigger, metadata, lease_until, started_at)
        values (${job}, ${later(NOW, -daysAgo * DAY).toISOString()}, ${status}, 'cron',
          ${JSON.stringify(missed ? { missed: true, reason: "why" } : {})}::jsonb,
          ${status === "running" ? later(NOW, DAY).toISOString() : null},
          ${status === "running" ? NOW.toISOString() : null})`,
    );

  it("deletes only occurrences of three months ago, with any status", async () => {
    for (const job of ["email-dispatch", "job-cleanup"]) {
      await add(job, 90.01, "completed");
      await add(job, 91, "failed");
      await add(job, 92, "failed", true);
    }
    const kept: Parameters<typeof add>[] = [
      ["email-dispatch", 89.9, "completed"],
      ["email-dispatch", 89.8, "failed"],
      ["email-dispatch", 99, "running"],
      ["job-cleanup", 100, "pending"],
      ["weekly-events", 400, "completed"],
      ["monthly-events", 500, "failed"],
    ];
    for (const run of kept) await add(...run);
    await add("weekly-events", 200, "failed", true);
    expect(await clean()).toMatchObject({ status: "ok", skipped: false, cleaned: 0, runs: [], runsDeleted: 6 });
    const left = await rows<{ job: string; status: string }>(
      db,
      sql`select job_name as job, status from job_runs where scheduled_for <> ${NOW.toISOString()}::timestamptz`,
    );
    expect(left).toHaveLength(kept.length + 1);
    expect(await clean(later(NOW, 60_000))).toMatchObject({ runsDeleted: 0 });
  });

  it("forgets occurrences dated in the future, which no cron can have made", async () => {
    await add("email-dispatch", -3_000, "completed");
    await add("email-dispatch", -2, "pending");
    await add("email-dispatch", -0.1, "completed");
    expect(await clean()).toMatchObject({ runsDeleted: 2 });
  });

  it("forgets them in batches, over two jobs", async () => {
    await db.execute(sql`insert into job_runs (job_name, scheduled_for, status, trigger)
      select job, timestamptz '2025-01-01' + n * interval '15 minutes', 'completed', 'cron'
      from generate_series(1, 2500) n, unnest(array['email-dispatch', 'job-cleanup']) job`);
    expect(await clean()).toMatchObject({ runsDeleted: 5_000 });
    expect(await rows(db, sql`select from job_runs`)).toHaveLength(1);
  });

  it("empties and deletes old mails, and counts both", async () => {
    await queue(db, 3, later(NOW, -31 * DAY));
    await db.execute(sql`update email_queue set status = 'sent'`);
    expect(await clean()).toMatchObject({ mailsEmptied: 3, mailsDeleted: 0 });
    expect(await clean(afterMinutes(200 * 24 * 60, NOW))).toMatchObject({ mailsEmptied: 0, mailsDeleted: 3 });
  });

  it("cancels unconfirmed bookings, forgets old customers, frees expired holds, and counts all of them", async () => {
    await addProvider(db);
    await addService(db);
    const [held = 0] = await addSlots(db, { startsAt: later(NOW, DAY), heldCount: 1, capacity: 2 });
    await db.insert(slotHolds).values({ id: randomUUID(), slotId: held, providerId: "praxis", expiresAt: NOW });
    const bookingOf = (daysAgo: number, status: BookingStatus) => ({ startsAt: later(NOW, -daysAgo * DAY), status });
    await addBookings(db, bookingOf(3, "pending"), bookingOf(4, "pending"), bookingOf(400, "completed"));
    const counts = { holdsReleased: 1, bookingsCancelled: 2, bookingsForgotten: 1 };
    expect(await clean()).toMatchObject({ status: "ok", ...counts });
    expect(await db.$count(slotHolds)).toBe(0);
    const nothing = { holdsReleased: 0, bookingsCancelled: 0, bookingsForgotten: 0 };
    expect(await clean(later(NOW, 60_000))).toMatchObject({ status: "ok", ...nothing });
  });

  it("forgets whom appointments of long ago were with, and keeps what they came to", async () => {
    const [kept, gone] = [shift("2026-06-01", -400), shift("2026-06-01", -401)];
    const met = (localDate: string, title: string, outcome: Outcome) =>
      appointment({ localDate, title, outcome, bookedBy: "Cleo", startsAt: new Date(`${localDate}T09:00:00Z`) });
    await writePage(db, [
      met(kept, "Max Neu", "completed"),
      met(gone, "Zoë Alt (ghost)", "ghost"),
      met(gone, "4711", "placeholder"),
    ]);
    await closeDays(db, [kept, gone]);
    const figures = () => rows(db, sql`select to_jsonb(daily_metrics) as day from daily_metrics order by date`);
    const before = await figures();
    expect(await clean()).toMatchObject({ status: "ok", appointmentsForgotten: 2 });
    const stored = await rows<Record<string, unknown>>(
      db,
      sql`select local_date::text as date, title, customer_key, customer_name, organizer, booked_by, outcome, color_id, consultant
        from calendar_appointments order by local_date, outcome`,
    );
    const anonymous = { title: null, customer_key: null, customer_name: null, organizer: null, booked_by: null };
    expect(stored).toMatchObject([
      { date: gone, ...anonymous, outcome: "ghost", color_id: "2", consultant: "Anna Vogel" },
      { date: gone, ...anonymous, outcome: "placeholder" },
      { date: kept, title: "Max Neu", customer_name: "Max Neu", organizer: "anna@club.example", booked_by: "Cleo" },
    ]);
    expect(JSON.stringify(stored.slice(0, 2))).not.toMatch(/Zoë|club|Cleo/i);
    await closeDays(db, [kept, gone]);
    expect(await figures()).toEqual(before);
    expect(await clean(later(NOW, 60_000))).toMatchObject({ appointmentsForgotten: 0 });
    expect(await clean(later(NOW, DAY))).toMatchObject({ appointmentsForgotten: 1 });
  });

  it("forgets appointments in batches, after as many days as are set, in the zone of the attendance", async () => {
    const [first] = [appointment({ localDate: "2026-03-01" })];
    await writePage(
      db,
      Array.from({ length: 4_500 }, (_, n) => ({ ...first!, eventId: `event${n}` })),
    );
    // In Berlin it is the first of June, in Pago Pago still the last of May.
    configure({ TRACKING_RETENTION_DAYS: "92" });
    const early = new Date("2026-06-01T10:30:00Z");
    expect(await clean(early)).toMatchObject({ appointmentsForgotten: 0 });
    expect(await clean(later(early, DAY))).toMatchObject({ appointmentsForgotten: 4_500 });
    await writePage(db, [{ ...first!, eventId: "one" }]);
    configure({ TRACKING_RETENTION_DAYS: "92", TRACKING_TIMEZONE: "Pacific/Pago_Pago" });
    expect(await clean(later(early, DAY + 60_000))).toMatchObject({ appointmentsForgotten: 0 });
  });

  it("that was parked goes on where it was, and counts what it had done before", async () => {
    await queue(db, 3, later(NOW, -31 * DAY));
    await db.execute(sql`update email_queue set status = 'sent'`);
    await add("email-dispatch", 91, "completed");
    const progress = { done: 1, total: 5, mailsEmptied: 7, mailsDeleted: 1, runsDeleted: 0 };
    await db.execute(sql`insert into job_runs (job_name, scheduled_for, status, trigger, metadata)
      values ('job-cleanup', ${NOW.toISOString()}, 'pending', 'cron', ${JSON.stringify({ progress })}::jsonb)`);
    expect(await clean()).toMatchObject({ mailsEmptied: 7, mailsDeleted: 1, runsDeleted: 1, bookingsForgotten: 0 });
  });
});
