import { sql } from "drizzle-orm";
import { beforeEach, describe, expect } from "vitest";
import { RULES_VERSION } from "../../../lib/attendance/classification/rules.ts";
import { type ChangedDay, listChanges } from "../../../lib/attendance/google/sync-report.ts";
import { COUNTS, type Counts } from "../../../lib/attendance/metrics/counts-and-rates.ts";
import { configure, type Environment } from "../../../lib/config/config.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { addDays, datesBetween } from "../../../lib/time/dates.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { POST } from "../../support/http/api.ts";
import { call, dump, type Refusal, SETTINGS } from "../../support/http/requests.ts";
import { appointment, CONSULTANTS, closeDays, writePage } from "../../worlds/attendance.ts";

const PATH = "/api/tracking/reclassify";
const WITH_CONSULTANTS: Environment = { ...SETTINGS, CONSULTANTS: JSON.stringify(CONSULTANTS) };
/** The version of rules that no longer exist. */
const OTHER_VERSION = RULES_VERSION + 98;

interface Reclassified {
  dryRun: boolean;
  ruleVersion: number;
  complete: boolean;
  judged: number;
  changed: number;
  transitions: Record<string, number>;
  changes: ChangedDay[];
  changesTruncated: boolean;
  after: string | null;
}

const it = databaseTest(WITH_CONSULTANTS);

describe("POST /api/tracking/reclassify", () => {
  let db: Db;
  beforeEach<{ db: Db }>(({ db: own }) => {
    db = own;
  });

  const post = (json?: unknown) =>
    call<Reclassified>(POST, PATH, { method: "POST", ...(json !== undefined && { json }) });
  const state = () => dump(db, "calendar_appointments", "daily_metrics");
  const stored = () =>
    rows<Record<string, unknown>>(
      db,
      sql`select event_id as id, outcome, reason, consultant, rule_version as version, local_date::text as date, local_hour as hour
        from calendar_appointments order by event_id`,
    );
  const days = () =>
    rows<Record<string, unknown>>(
      db,
      sql`select date::text as date, total_slots as total, completed, no_shows as missed, final, by_user as users from daily_metrics order by date`,
    );

  /** Marks all appointments as classified by other rules. */
  const classifyByOtherRules = () =>
    db.execute(
      sql`update calendar_appointments set outcome = 'no_show', reason = 'older rules', rule_version = ${OTHER_VERSION}`,
    );

  it("changes nothing if nothing differs, and says so", async () => {
    await writePage(db, [appointment(), appointment({ title: "Max (ghost)" })]);
    await closeDays(db, ["2026-02-09"]);
    const before = await state();
    for (const json of [undefined, {}, { dryRun: true }, { dryRun: false, after: "2026-01-31" }, { after: null }]) {
      const { status, body } = await post(json);
      expect(status).toBe(200);
      expect(body).toEqual({
        dryRun: json?.dryRun ?? false,
        ruleVersion: RULES_VERSION,
        complete: true,
        judged: 2,
        changed: 0,
        transitions: {},
        changes: [],
        changesTruncated: false,
        after: null,
      });
    }
    expect(await state()).toEqual(before);
  });

  it("applies another version of the rules, and reports transitions and days", async () => {
    await writePage(db, [
      appointment({ eventId: "a" }),
      appointment({ eventId: "b" }),
      appointment({ eventId: "c", title: "Max nicht erschienen" }),
      appointment({ eventId: "d", title: "Max (ghost)", startsAt: new Date("2026-02-10T09:00:00Z") }),
      appointment({ eventId: "e", startsAt: new Date("2026-02-11T09:00:00Z") }),
    ]);
    await classifyByOtherRules();
    await closeDays(db, ["2026-02-09", "2026-02-10"]);
    const { body } = await post();
    expect(body).toMatchObject({
      judged: 5,
      changed: 5,
      transitions: { "no_show -> completed": 3, "no_show -> ghost": 1 },
      changes: [
        { date: "2026-02-09", changed: { completed: { from: 0, to: 2 }, noShows: { from: 3, to: 1 } } },
        { date: "2026-02-10", changed: { noShows: { from: 1, to: 0 }, ghosts: { from: 0, to: 1 } } },
      ],
    });
    expect(body.transitions).not.toHaveProperty("no_show -> no_show");
    expect((await stored()).map(({ outcome, version }) => [outcome, version])).toEqual(
      ["completed", "completed", "no_show", "ghost", "completed"].map((outcome) => [outcome, RULES_VERSION]),
    );
    expect(await days()).toMatchObject([
      { date: "2026-02-09", total: 3, completed: 2, missed: 1, final: true },
      { date: "2026-02-10", total: 1, completed: 0, missed: 0, final: true },
    ]);
    expect((await post()).body).toMatchObject({ judged: 5, changed: 0, transitions: {}, changes: [] });
  });

  it("applies new names of consultants", async () => {
    await writePage(db, [
      appointment({ eventId: "a" }),
      appointment({ eventId: "b", organizer: "bert@club.example" }),
      appointment({ eventId: "c", organizer: "bert@club.example", bookedBy: "Cleo" }),
    ]);
    await closeDays(db, ["2026-02-09"]);
    configure({ ...WITH_CONSULTANTS, CONSULTANTS: JSON.stringify({ ...CONSULTANTS, "BERT@club.example": "Bert" }) });
    expect((await post()).body).toMatchObject({ judged: 3, changed: 2, transitions: {}, changes: [] });
    expect((await stored()).map(({ consultant }) => consultant)).toEqual(["Anna Vogel", "Bert", "Bert"]);
    expect(await days()).toMatchObject([{ users: { "Anna Vogel": { total_slots: 1 }, Bert: { total_slots: 2 } } }]);
    expect((await days())[0]?.users).not.toHaveProperty("Unknown");
  });

  it("applies another time zone, and moves appointments to their new day", async () => {
    await writePage(db, [
      appointment({ eventId: "a", startsAt: new Date("2026-02-08T23:30:00Z") }),
      appointment({ eventId: "b", startsAt: new Date("2026-02-09T12:00:00Z") }),
    ]);
    await closeDays(db, ["2026-02-08", "2026-02-09"]);
    expect((await stored()).map(({ date, hour }) => [date, hour])).toEqual([
      ["2026-02-09", 0],
      ["2026-02-09", 13],
    ]);
    configure({ ...WITH_CONSULTANTS, TRACKING_TIMEZONE: "America/New_York" });
    expect((await post()).body).toMatchObject({
      changed: 2,
      transitions: {},
      changes: [
        { date: "2026-02-08", changed: { totalSlots: { from: 0, to: 1 }, completed: { from: 0, to: 1 } } },
        { date: "2026-02-09", changed: { totalSlots: { from: 2, to: 1 }, completed: { from: 2, to: 1 } } },
      ],
    });
    expect((await stored()).map(({ date, hour }) => [date, hour])).toEqual([
      ["2026-02-08", 18],
      ["2026-02-09", 7],
    ]);
    configure(WITH_CONSULTANTS);
    await post();
    expect((await days()).map(({ total }) => total)).toEqual([0, 2]);
  });

  it("writes nothing in a dry run, and reports what the real one will", async () => {
    await writePage(db, [
      appointment(),
      appointment({ title: "Max (ghost)" }),
      appointment({ startsAt: new Date("2026-02-08T23:30:00Z") }),
    ]);
    await classifyByOtherRules();
    await closeDays(db, ["2026-02-08", "2026-02-09"]);
    configure({ ...WITH_CONSULTANTS, TRACKING_TIMEZONE: "UTC" });
    const before = await state();
    const { body: dry } = await post({ dryRun: true });
    expect(await state()).toEqual(before);
    const { body: real } = await post();
    expect(dry).toEqual({ ...real, dryRun: true });
    expect(real).toMatchObject({ changed: 3, dryRun: false });
    expect(real.changes).toHaveLength(2);
    expect(await state()).not.toEqual(before);
  });

  it("skips emptied and imported appointments", async () => {
    await writePage(db, [
      appointment({ eventId: "forgotten" }),
      appointment({ eventId: "imported" }),
      appointment({ eventId: "known" }),
    ]);
    await classifyByOtherRules();
    await db.execute(sql`update calendar_appointments set title = null where event_id = 'forgotten'`);
    await db.execute(sql`update calendar_appointments set rule_version = 0 where event_id = 'imported'`);
    expect((await post()).body).toMatchObject({ judged: 1, changed: 1, transitions: { "no_show -> completed": 1 } });
    expect(await stored()).toMatchObject([
      { id: "forgotten", outcome: "no_show", version: OTHER_VERSION },
      { id: "imported", outcome: "no_show", version: 0 },
      { id: "known", outcome: "completed", version: RULES_VERSION },
    ]);
  });

  it("decides whether an appointment is over as of the last reading of its day", async () => {
    const during = new Date("2026-02-09T09:30:00Z");
    const running = (eventId: string, startsAt: string) =>
      appointment({ eventId, startsAt: new Date(startsAt) }, new Date(Date.parse(startsAt) + 1_800_000));
    await writePage(db, [running("a", "2026-02-09T09:00:00Z"), running("b", "2026-02-10T09:00:00Z")], during);
    await closeDays(db, ["2026-02-09"], new Date("2026-02-09T23:00:00Z"));
    await closeDays(db, ["2026-02-10"], new Date("2026-02-10T09:59:59Z"), false);
    expect((await stored()).map(({ outcome }) => outcome)).toEqual(["pending", "pending"]);
    expect((await post()).body).toMatchObject({ changed: 1, transitions: { "pending -> completed": 1 } });
    expect((await stored()).map(({ outcome }) => outcome)).toEqual(["completed", "pending"]);
  });

  it.each([
    [{ dryRun: "perhaps" }, "dryRun"],
    [{ after: 17 }, "after"],
    [{ after: "2026-02-30" }, "after"],
    [{ force: true }, "force"],
  ])("refuses %j and names %s", async (json, field) => {
    const { status, body } = await call<Refusal>(POST, PATH, { json });
    expect({ status, code: body.error.code, field: body.error.field }).toEqual({
      status: 422,
      code: "invalid-body",
      field,
    });
  });

  it("lists at most 400 changed days, and says when there are more", () => {
    const counts = Object.fromEntries(COUNTS.map((name) => [name, 0])) as Counts;
    const changes = (count: number) =>
      new Map(
        datesBetween("2025-01-01", addDays("2025-01-01", count - 1)).map((date) => [
          date,
          { date, before: counts, after: { ...counts, ghosts: 1 } },
        ]),
      );
    expect(listChanges(changes(400))).toMatchObject({ changes: { length: 400 }, changesTruncated: false });
    expect(listChanges(changes(401))).toMatchObject({ changes: { length: 400 }, changesTruncated: true });
  });
});
