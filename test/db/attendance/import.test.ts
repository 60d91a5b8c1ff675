import { sql } from "drizzle-orm";
import { beforeEach, describe, expect } from "vitest";
import { type ImportResult, importFile } from "../../../lib/attendance/import/import-file.ts";
import { parseImportFile } from "../../../lib/attendance/import/parse-file.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { googleServer } from "../../fakes/google-server.ts";
import { configureGoogle, NOW, runTracking } from "../../support/attendance/tracking-run.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { empty } from "../../support/database/databases.ts";
import { dump } from "../../support/http/requests.ts";
import { appointment, BERLIN, closeDays, writePage } from "../../worlds/attendance.ts";
import { event } from "../../worlds/google-events.ts";
import { importedMetrics, importedOutcome } from "../../worlds/import-files.ts";

const TODAY = "2026-02-10";

const it = databaseTest();

describe("the import of older files", () => {
  let db: Db;
  beforeEach<{ db: Db }>(({ db: own }) => {
    db = own;
  });

  function importContent(content: unknown, now = NOW): Promise<ImportResult> {
    const file = parseImportFile(content, TODAY);
    if (file === undefined) throw new Error("expected a file of figures or outcomes");
    return importFile(db, file, BERLIN, now);
  }

  const days = () =>
    rows<Record<string, unknown>>(
      db,
      sql`select date::text as date, source, final, total_slots as total, completed, sold, no_shows as missed, ghosts,
          by_hour as hours, by_user as users, by_potential as potentials, show_rate::text as rate
        from daily_metrics order by date`,
    );

  /** All rows without ids and times, which differ from write to write. */
  const state = async () => {
    const { calendar_appointments, daily_metrics } = await dump(db, "calendar_appointments", "daily_metrics");
    const lasting = (row: Record<string, unknown>) => ({ ...row, id: 0, read_at: "" });
    const byEvent = (a: Record<string, unknown>, b: Record<string, unknown>) =>
      String(a.event_id) < String(b.event_id) ? -1 : 1;
    return { appointments: calendar_appointments?.map(lasting).toSorted(byEvent), days: daily_metrics?.map(lasting) };
  };

  it("stores metrics unchanged", async () => {
    expect(await importContent({ "2025-09-16": importedMetrics(), "2025-09-17": { total_slots: 0 } })).toEqual({
      imported: 2,
      kept: [],
    });
    expect(await days()).toMatchObject([
      {
        date: "2025-09-16",
        source: "figures",
        final: true,
        total: 20,
        completed: 8,
        sold: null,
        missed: 12,
        rate: "40.00",
        hours: { "11:00": { total_slots: 5, no_shows: 5 }, unknown: { total_slots: 15 } },
        users: { Unknown: { total_slots: 20 } },
        potentials: { recall: { completed: 1 }, unknown: { completed: 7 } },
      },
      { date: "2025-09-17", total: 0, rate: null, hours: {} },
    ]);
    expect(await rows(db, sql`select from calendar_appointments`)).toEqual([]);
  });

  it("stores outcomes as appointments, with the outcome of the older system", async () => {
    const none = { color_id: null, potential_type: null, consultant: null };
    const outcomes = [
      importedOutcome(),
      importedOutcome({ ...none, time: "12:30", customer: "Zoë verkauft", outcome: "completed", color_id: "7" }),
      importedOutcome({ ...none, time: "13:00", customer: "Kein Mensch", outcome: "no_show", description: "" }),
      importedOutcome({ time: "14:00", customer: "Max verkauft (ghost)" }),
      importedOutcome({ time: "15:00", customer: "4711", outcome: "placeholder" }),
    ];
    expect(await importContent({ "2025-09-16": outcomes })).toEqual({ imported: 1, kept: [] });
    expect(await days()).toMatchObject([
      {
        source: "outcomes",
        final: true,
        total: 4,
        completed: 1,
        sold: 1,
        missed: 1,
        ghosts: 2,
        users: { Anna: {}, Bert: {}, Unknown: {} },
      },
    ]);
    const stored = await rows<Record<string, unknown>>(
      db,
      sql`select title, outcome, sold, potential, consultant, customer_name as customer, local_hour as hour, rule_version as version,
          starts_at = timestamptz '2025-09-16 11:00 Europe/Berlin' as eleven from calendar_appointments order by starts_at`,
    );
    expect(stored).toMatchObject([
      {
        outcome: "ghost",
        sold: false,
        potential: "standard",
        consultant: "Anna",
        customer: "Max Mustermann",
        hour: 11,
        version: 0,
        eleven: true,
      },
      { outcome: "completed", sold: true, potential: "top", consultant: "Bert", customer: "Zoë", hour: 12 },
      { outcome: "no_show", potential: "unknown", consultant: "Unknown", customer: "Kein Mensch", hour: 13 },
      { outcome: "ghost", sold: false, customer: "Max", hour: 14 },
      { outcome: "placeholder", customer: null },
    ]);
  });

  it("counts appointments that look the same, and those at skipped local times", async () => {
    await importContent({
      "2025-03-30": [
        importedOutcome({ time: "02:30" }),
        importedOutcome({ time: "02:30" }),
        importedOutcome({ time: "00:00" }),
      ],
    });
    expect(await days()).toMatchObject([
      { date: "2025-03-30", total: 3, hours: { "00:00": {}, "03:00": { total_slots: 2 } } },
    ]);
  });

  it.each([
    ["figures", { "2025-09-16": importedMetrics(), "2025-09-17": importedMetrics({ total_slots: 21, ghosts: 1 }) }],
    ["outcomes", { "2025-09-16": [importedOutcome(), importedOutcome({ time: "12:00" })], "2025-09-17": [] }],
  ])("changes nothing when the same %s are imported again", async (_, content) => {
    await importContent(content);
    const before = await state();
    expect(await importContent(content, new Date(NOW.getTime() + 60_000))).toEqual({ imported: 2, kept: [] });
    expect(await state()).toEqual(before);
  });

  it("replaces earlier imports", async () => {
    await importContent({ "2025-09-16": importedMetrics() });
    await importContent({ "2025-09-16": importedMetrics({ total_slots: 9, no_shows: 1 }) });
    expect(await days()).toMatchObject([{ source: "figures", total: 9, missed: 1 }]);
    await importContent({ "2025-09-16": [importedOutcome(), importedOutcome()] });
    expect(await days()).toMatchObject([{ source: "outcomes", total: 2, ghosts: 2, sold: 0 }]);
    await importContent({ "2025-09-16": [importedOutcome({ outcome: "completed" })] });
    expect(await days()).toMatchObject([{ source: "outcomes", total: 1, completed: 1 }]);
    expect(await rows(db, sql`select from calendar_appointments`)).toHaveLength(1);
  });

  it("prefers outcomes to metrics, and calendars to both", async () => {
    await importContent({ "2025-09-16": [importedOutcome()] });
    await writePage(db, [appointment({ localDate: "2025-09-17" })]);
    await closeDays(db, ["2025-09-17"]);
    const before = await state();
    const figures = { "2025-09-16": importedMetrics(), "2025-09-17": importedMetrics() };
    const { imported, kept } = await importContent(figures);
    expect({ imported, kept: kept.toSorted() }).toEqual({ imported: 0, kept: ["2025-09-16", "2025-09-17"] });
    expect(await importContent({ "2025-09-17": [importedOutcome()] })).toEqual({ imported: 0, kept: ["2025-09-17"] });
    expect(await state()).toEqual(before);
  });

  it("is replaced when a calendar is read later", async () => {
    const google = await googleServer({
      calendars: { "team@club.example": [event(), event({ start: "2026-02-08T10:00:00Z" })] },
    });
    configureGoogle(google);
    await importContent({ "2026-02-08": importedMetrics(), "2026-02-07": importedMetrics() });
    await importContent({
      "2026-02-09": [importedOutcome(), importedOutcome(), importedOutcome()],
      "2025-09-16": [importedOutcome()],
    });
    const { changes } = await runTracking(db);
    expect(changes).toContainEqual({
      date: "2026-02-09",
      changed: expect.objectContaining({ totalSlots: { from: 3, to: 1 } }),
    });
    const read = (await days()).filter(({ total }) => total !== 0);
    expect(read).toMatchObject([
      { date: "2025-09-16", source: "outcomes", total: 1 },
      { date: "2026-02-08", source: "calendar", total: 1, sold: 0 },
      { date: "2026-02-09", source: "calendar", total: 1, ghosts: 0 },
    ]);
    expect(await rows(db, sql`select from calendar_appointments where calendar_id = 'import'`)).toHaveLength(1);
  });

  it("makes a day final if it is over and has no pending appointment", async () => {
    await importContent({ "2026-02-09": [importedOutcome({ outcome: "pending" })], "2026-02-08": [importedOutcome()] });
    await importContent({ "2026-02-07": importedMetrics() });
    expect((await days()).map(({ date, final }) => [date, final])).toEqual([
      ["2026-02-07", true],
      ["2026-02-08", true],
      ["2026-02-09", false],
    ]);
    for (const today of [importedMetrics(), [importedOutcome()]]) {
      await empty(db);
      await importContent({ [TODAY]: today });
      expect(await days()).toMatchObject([{ date: TODAY, final: false }]);
    }
  });

  it("accepts many days at once", async () => {
    const many = Array.from({ length: 250 }, (_, n) =>
      new Date(Date.parse("2025-01-01") + n * 86_400_000).toISOString().slice(0, 10),
    );
    expect(await importContent(Object.fromEntries(many.map((date) => [date, importedMetrics()])))).toEqual({
      imported: 250,
      kept: [],
    });
    expect(await importContent(Object.fromEntries(many.map((date) => [date, [importedOutcome()]])))).toEqual({
      imported: 250,
      kept: [],
    });
    expect((await days()).every(({ source, total }) => source === "outcomes" && total === 1)).toBe(true);
  });

  it.each([
    ["NUL", { description: "[Booked by: An\u0000na]", consultant: null }],
    ["half a character", { description: "[Booked by: Anna \ud83d]", consultant: null }],
    ["an odd colour", { color_id: "constructor", potential_type: null }],
  ])("accepts %s in an outcome", async (_, over) => {
    await importContent({ "2025-09-16": [importedOutcome(over)] });
    expect(await days()).toMatchObject([{ total: 1 }]);
  });
});
