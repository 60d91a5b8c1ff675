import { asc, eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { erase as erasePerson } from "../../../lib/app/privacy.ts";
import { JOBS } from "../../../lib/app/registry.ts";
import { bookings } from "../../../lib/booking/bookings/schema.ts";
import { bookingSlots } from "../../../lib/booking/schema.ts";
import { type Db, row, rows } from "../../../lib/db/db.ts";
import { loadPeriodsToSettle } from "../../../lib/jobs/settlement.ts";
import { emailQueue } from "../../../lib/mail/schema.ts";
import { resumeRuns } from "../../../lib/supervision/resume.ts";
import { maintain } from "../../support/booking/maintenance-run.ts";
import { freshPostgres } from "../../support/database/databases.ts";
import { dumpDerived } from "../../support/database/dump.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { fireMonthly } from "../../support/jobs/invoke-monthly.ts";
import { fireWeekly, invocation } from "../../support/jobs/invoke-weekly.ts";
import { SETTINGS } from "../../worlds/club-settings.ts";
import { ADA, addClub, addEverythingElse, NEEDLES, NOW, PERSON, tablesWith } from "../../worlds/person-world.ts";
import { processAll } from "../../worlds/site.ts";

let db: Db;
let slots: number[];
ownDatabase((own) => {
  db = own;
}, SETTINGS);
beforeEach(async () => {
  await addClub(db);
  slots = await addEverythingElse(db);
});

const erase = (dry = false) => erasePerson(db, PERSON, NOW, { dry });
const tick = () => resumeRuns(invocation(db, "2026-03-04T12:05:00Z"), JOBS);

/** Every row of every table. */
const everything = async () => {
  const tables = await rows<{ name: string }>(
    db,
    sql`select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema in ('public', 'raw', 'staging', 'business') and table_type = 'BASE TABLE' order by 1`,
  );
  const held: Record<string, unknown[]> = {};
  for (const { name } of tables)
    held[name] = await rows(db, sql`select to_jsonb(held) as row from ${sql.raw(name)} as held order by 1`);
  return held;
};

describe("a person who is erased", () => {
  it("stands in no table any more, by no id, address, name or hash of these", async () => {
    const before = new Set((await tablesWith(db, NEEDLES)).map((hit) => hit.split(":")[0]));
    for (const table of ["users", "workouts", "weekly_results", "email_queue", "email_suppressions", "bookings"]) {
      expect(before).toContain(`public.${table}`);
    }
    for (const table of ["calendar_appointments", "daily_metrics", "job_runs", "incidents"]) {
      expect(before).toContain(`public.${table}`);
    }
    for (const table of ["events", "sessions", "visitors", "pages", "rollups"])
      expect(before).toContain(`business.${table}`);
    for (const table of ["raw.dead_letters", "raw.event_ids"]) expect(before).toContain(table);

    await erase();
    expect(await tablesWith(db, NEEDLES)).toEqual([]);
    await processAll(db, NOW); // what had waited
    expect(await tablesWith(db, NEEDLES)).toEqual([]);
  });

  it("can be erased twice, which changes nothing more", async () => {
    await erase();
    const once = await everything();
    const counts = await erase();
    expect(Object.values(counts).every((n) => n === 0)).toBe(true);
    expect(await everything()).toEqual(once);
  });

  it("is counted by a dry run, which changes nothing", async () => {
    const before = await everything();
    const counts = await erase(true);
    expect(await everything()).toEqual(before);
    expect(counts).toMatchObject({
      users: 1,
      workouts: 2,
      bookings: 4,
      "bookings cancelled": 2,
      email_suppressions: 1,
    });
    expect(await erase()).toEqual(counts);
  });

  it("is found again by who was interrupted half-way", async () => {
    await db.execute(sql`alter table awards rename to elsewhere`);
    await expect(erase()).rejects.toThrow();
    await db.execute(sql`alter table elsewhere rename to awards`);
    await erase();
    expect(await tablesWith(db, NEEDLES)).toEqual([]);
  });
});

it("an id in the URL of a page is removed only from the page, because the event may be another person's", async () => {
  await erase();
  const read = (table: string) =>
    rows<Record<string, unknown>>(
      db,
      sql`select event_id, page, utm_campaign, event_data from ${sql.raw(table)} where event_id like 'in-%' order by 1`,
    );
  for (const table of ["staging.events", "business.events"]) {
    const [campaign, data, link, path, encoded] = await read(table);
    const alias = /^shop\.example\/u\/(erased-[\w-]+)\/orders$/.exec(String(path?.page))?.[1];
    expect(alias).toBeDefined();
    expect(encoded).toMatchObject({ page: `shop.example/v/${alias}` });
    expect(campaign).toMatchObject({ page: "shop.example/b", utm_campaign: alias });
    expect(link).toMatchObject({ event_data: { href: `/u/${alias}?x`, order: 6 } });
    expect(data).toMatchObject({ event_data: {} });
  }
  const [received] = await rows<{ url: string }>(
    db,
    sql`select payload->>'page_url' as url from raw.events where event_id = 'in-path'`,
  );
  expect(received?.url).toMatch(/^https:\/\/shop\.example\/u\/(erased-[\w-]+)\/orders\?next=%2Fu%2F\1$/);
});

describe("others", () => {
  it("keep all that is theirs", async () => {
    const theirs = () =>
      rows(
        db,
        sql`select to_jsonb(users) as row from users where id = 'bob'
          union all select to_jsonb(workouts) from workouts where user_id = 'bob'
          union all select to_jsonb(weekly_results) from weekly_results where user_id = 'bob'
          union all select to_jsonb(email_queue) from email_queue where user_id = 'bob' or subject = 'of another person'
          union all select to_jsonb(bookings) from bookings where customer_email = 'bob@club.example'
          union all select to_jsonb(events) from business.events where visitor_id = 'bob' or event_id = 'bobs-page'
          union all select to_jsonb(calendar_appointments) from calendar_appointments
            where title = 'Eva Klein' and consultant = 'Anna Vogel'`,
      );
    const before = await theirs();
    expect(before.length).toBeGreaterThan(12);
    await erase();
    expect(await theirs()).toEqual(before);
    expect(await db.$count(sql`email_suppressions`)).toBe(1);
  });

  it("are ranked again by the next tick in a period that is not settled, as if the person had never existed", async () => {
    await erase();
    // Those that were evaluated within the last seven days.
    const weeks = ["2026-02-16", "2026-02-23", "2026-03-02"].map((end) => new Date(`${end}T00:00:00Z`));
    expect(await loadPeriodsToSettle(db, "weekly-events", 7)).toEqual(weeks);
    expect(await tick()).toHaveLength(5);
    const after = await dumpDerived(db);
    for (const date of ["2026-02-09", "2026-02-16", "2026-02-23"])
      await fireWeekly(db, "2026-03-04T12:10:00Z", { force: true, date });
    for (const date of ["2026-01-01", "2026-02-01"])
      await fireMonthly(db, "2026-03-04T12:10:00Z", { force: true, date });
    expect(await dumpDerived(db)).toEqual(after);
    expect(await tick()).toEqual([]);
  });

  it("keep the ranks of a settled week until an operator evaluates it again, without her", async () => {
    const old = () =>
      rows(
        db,
        sql`select user_id, rank, participants from leaderboard_results
        where week_start = '2026-02-02' and user_id <> ${ADA.id} order by 1`,
      );
    const before = await old();
    await erase();
    await tick();
    expect(await old()).toEqual(before);
    for (const date of ["2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02"])
      await fireWeekly(db, "2026-03-04T12:10:00Z", { force: true, date });

    const without = await freshPostgres();
    await addClub(without.db, false);
    const { email_queue: _, ...derived } = await dumpDerived(db);
    const { email_queue: __, ...expected } = await dumpDerived(without.db);
    await without.close();
    expect(derived).toEqual(expected);
  });
});

describe("the count", () => {
  it("of sent and failed mails stay; waiting mails are skipped and never sent", async () => {
    const counted = () =>
      rows<{ status: string; n: number }>(
        db,
        sql`select case when status in ('pending', 'retrying') then 'skipped' else status end as status, count(*)::int as n
          from email_queue where user_id is distinct from 'bob' and subject <> 'of another person' group by 1 order by 1`,
      );
    const before = await counted();
    await erase();
    expect(await counted()).toEqual(before);
    const waiting = await db.select().from(emailQueue).where(sql`status in ('pending', 'retrying')`);
    expect(waiting.every(({ recipient }) => recipient !== "")).toBe(true);
    expect(waiting.map(({ subject }) => subject)).toEqual(expect.arrayContaining(["of another person", "to Bob"]));
    expect(await db.$count(emailQueue, sql`lease_token is not null`)).toBe(0);
    expect(await db.$count(emailQueue, sql`failure = 'unknown'`)).toBe(0);
  });

  it("of slots holds: what was ahead is given back, what is past stays booked, and maintenance finds nothing wrong", async () => {
    await erase();
    const held = await db.select().from(bookingSlots).orderBy(asc(bookingSlots.id));
    expect(held.filter(({ id }) => slots.includes(id)).map(({ bookedCount }) => bookedCount)).toEqual([1, 0, 1]);
    const stored = await db
      .select()
      .from(bookings)
      .where(eq(bookings.customerEmail, ""))
      .orderBy(asc(bookings.startsAt));
    expect(stored.map(({ status }) => status)).toEqual(["cancelled", "completed", "cancelled", "cancelled"]);
    expect(await db.$count(emailQueue, sql`dedupe_key like 'booking:%'`)).toBe(0); // no mail is sent
    await maintain(db, {}, NOW);
    const after = await db.select().from(bookingSlots).orderBy(asc(bookingSlots.id));
    expect(after.find(({ id }) => id === slots[0])?.bookedCount).toBe(1);
    await maintain(db, {}, NOW);
    expect(await db.select().from(bookingSlots).orderBy(asc(bookingSlots.id))).toEqual(after);
  });

  it("of days of attendance holds, but for whose they were", async () => {
    const read = () =>
      rows<{ by_user: Record<string, { total_slots: number }> }>(db, sql`select * from daily_metrics order by date`);
    const before = await read();
    await erase();
    const after = await read();
    const bare = (days: object[]) => days.map((day) => ({ ...day, by_user: null }));
    expect(bare(after)).toEqual(bare(before));
    expect(after.map(({ by_user }) => by_user.Unknown)).toMatchObject([
      { total_slots: 4, completed: 4, sold: 1 },
      { total_slots: 2 },
    ]);
    const total = (days: typeof after) =>
      days.flatMap(({ by_user }) => Object.values(by_user)).reduce((sum, { total_slots: n }) => sum + n, 0);
    expect(total(after)).toBe(total(before));
  });

  it("of sites holds: every sum is what it was, and what waits is counted as anybody's", async () => {
    const sums = () =>
      row(
        db,
        sql`select (select count(*)::int from business.events) as events, (select sum(views)::int from business.pages) as views,
          (select count(*)::int from business.sessions) as sessions, (select count(*)::int from business.visitors) as visitors,
          (select jsonb_agg(row order by row) from (select jsonb_build_array(dimension, bucket, sum(events), sum(visits),
            sum(visitors), count(distinct value)) as row from business.rollups group by dimension, bucket) as sums) as rollups`,
      );
    const before = await sums();
    await erase();
    expect(await sums()).toEqual(before);
    await processAll(db, NOW);
    expect(await sums()).toMatchObject({ events: Number((before as { events: number }).events) + 1 });
    const [pending] = await rows(db, sql`select event_data from business.events where event_id = 'waits'`);
    expect(pending).toEqual({ event_data: {} });
  });
});

it("erasures of one person at once give no place back twice", async () => {
  const many = await Promise.all([erase(), erase(), erase()]);
  expect(many.reduce((sum, counts) => sum + (counts["bookings cancelled"] ?? 0), 0)).toBe(2);
  expect(await tablesWith(db, NEEDLES)).toEqual([]);
  const held = await db.select().from(bookingSlots).orderBy(asc(bookingSlots.id));
  expect(held.map(({ bookedCount }) => bookedCount)).toEqual([1, 0, 1]);
});
