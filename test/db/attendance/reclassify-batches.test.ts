import { sql } from "drizzle-orm";
import { beforeEach, describe, expect } from "vitest";
import { reclassifyBatch } from "../../../lib/attendance/classification/reclassify.ts";
import { RULES_VERSION } from "../../../lib/attendance/classification/rules.ts";
import { type Db, rows, transact } from "../../../lib/db/db.ts";
import { datesBetween } from "../../../lib/time/dates.ts";
import { googleServer } from "../../fakes/google-server.ts";
import { configureGoogle, runTracking } from "../../support/attendance/tracking-run.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { POST } from "../../support/http/api.ts";
import { call, SETTINGS } from "../../support/http/requests.ts";
import { appointment, BERLIN, CONSULTANTS, closeDays, writePage } from "../../worlds/attendance.ts";
import { event } from "../../worlds/google-events.ts";

/** The version of rules that no longer exist. */
const OTHER_VERSION = RULES_VERSION + 98;

const OCTOBER = datesBetween("2025-10-01", "2025-10-31");

const it = databaseTest({ ...SETTINGS, CONSULTANTS: JSON.stringify(CONSULTANTS) });

describe("reclassifying", () => {
  let db: Db;
  beforeEach<{ db: Db }>(({ db: own }) => {
    db = own;
  });

  const post = (json?: unknown) =>
    call(POST, "/api/tracking/reclassify", { method: "POST", ...(json !== undefined && { json }) });
  const classifyByOtherRules = () =>
    db.execute(sql`update calendar_appointments set outcome = 'no_show', rule_version = ${OTHER_VERSION}`);

  it("works in batches of whole days, each with its last day", async () => {
    await db.execute(sql`insert into calendar_appointments (calendar_id, event_id, starts_at, ends_at, local_date, local_hour,
        all_day, status, event_type, title, color_id, organizer, outcome, sold, confidence, reason, rule_version, potential,
        consultant, customer_key, customer_name, read_at)
      select 'team@club.example', 'e' || n, start, start + interval '30 minutes', start::date, 10, false, 'confirmed', 'default',
        'Kunde ' || chr(64 + n % 26), '2', 'anna@club.example', case when n % 3 = 0 then 'ghost' else 'no_show' end, false, 'high',
        'older rules', ${OTHER_VERSION}, 'normal', 'Anna Vogel', null, null, timestamptz '2026-02-10T23:00Z'
      from generate_series(1, 4650) as n, lateral (select timestamptz '2025-10-01T09:00Z' + n % 31 * interval '1 day' as start) as at`);
    await closeDays(db, OCTOBER);
    const settings = { consultants: CONSULTANTS, clock: BERLIN };
    const first = await transact(db, (tx) => reclassifyBatch(tx, settings, null, true));
    expect(first).toMatchObject({ judged: 2_100, changed: 2_100, upTo: "2025-10-14" });
    expect(first.days.map(({ date }) => date)).toEqual(OCTOBER.slice(0, 14));
    expect(Object.values(first.transitions).reduce((sum, count) => sum + count, 0)).toBe(2_100);
    const again = await transact(db, (tx) => reclassifyBatch(tx, settings, null, true));
    expect(again).toMatchObject({ judged: 2_100, changed: 2_100, upTo: "2025-10-28" });
    const last = await transact(db, (tx) => reclassifyBatch(tx, settings, "2025-10-28", true));
    expect(last).toMatchObject({ judged: 450, changed: 450, upTo: undefined });
    expect(await transact(db, (tx) => reclassifyBatch(tx, settings, null, true))).toMatchObject({
      judged: 0,
      changed: 0,
      days: [],
    });

    await classifyByOtherRules();
    await closeDays(db, OCTOBER);
    const { body: rest } = await post({ after: first.upTo, dryRun: true });
    expect(rest).toMatchObject({
      complete: true,
      judged: 2_550,
      changed: 2_550,
      transitions: { "no_show -> completed": 2_550 },
    });
    const { status, body } = await post();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      judged: 4_650,
      changed: 4_650,
      transitions: { "no_show -> completed": 4_650 },
      changes: OCTOBER.map((date) => ({
        date,
        changed: { completed: { from: 0, to: 150 }, noShows: { from: 150, to: 0 } },
      })),
    });
    expect(body).toMatchObject({ complete: true, after: null });
  });

  it("goes on after a batch of exactly its size", async () => {
    const [first, second, third] = OCTOBER;
    const stored = (date = "", count = 0) =>
      Array.from({ length: count }, () => appointment({ startsAt: new Date(`${date}T09:00:00Z`) }));
    await writePage(db, [...stored(first, 1_000), ...stored(second, 1_000), ...stored(third, 1)]);
    const settings = { consultants: CONSULTANTS, clock: BERLIN };
    const batch = await transact(db, (tx) => reclassifyBatch(tx, settings, null, false));
    expect(batch).toMatchObject({ judged: 2_000, upTo: second });
    const rest = await transact(db, (tx) => reclassifyBatch(tx, settings, second ?? null, false));
    expect(rest).toMatchObject({ judged: 1, upTo: undefined });
  });

  it("is part of each run, for all other versions of the rules, also outside the run's window", async () => {
    const google = await googleServer({ calendars: { "team@club.example": [event({ colorId: "2" })] } });
    configureGoogle(google);
    await writePage(db, [appointment({ startsAt: new Date("2025-09-16T09:00:00Z") })]);
    await classifyByOtherRules();
    await closeDays(db, ["2025-09-16"]);
    await writePage(db, [
      appointment({ startsAt: new Date("2025-09-15T09:00:00Z"), ruleVersion: -1, outcome: "ghost" }),
    ]);
    await writePage(db, [appointment({ startsAt: new Date("2025-09-17T09:00:00Z"), title: "Max (ghost)" })]);
    expect(await runTracking(db)).toMatchObject({ status: "ok", added: 1, reclassified: 2 });
    const stored = await rows(
      db,
      sql`select local_date::text as date, outcome, rule_version as version from calendar_appointments order by local_date`,
    );
    expect(stored).toEqual([
      { date: "2025-09-15", outcome: "completed", version: RULES_VERSION },
      { date: "2025-09-16", outcome: "completed", version: RULES_VERSION },
      { date: "2025-09-17", outcome: "ghost", version: RULES_VERSION },
      { date: "2026-02-09", outcome: "completed", version: RULES_VERSION },
    ]);
    const [day] = await rows(
      db,
      sql`select completed, no_shows as missed from daily_metrics where date = '2025-09-16'`,
    );
    expect(day).toEqual({ completed: 1, missed: 0 });
    expect(await runTracking(db)).toMatchObject({ reclassified: 0, changed: 0 });
  });
});
