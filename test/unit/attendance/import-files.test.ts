import { describe, expect, it } from "vitest";
import { parseImportFile, type SkippedDate } from "../../../lib/attendance/import/parse-file.ts";
import type { ImportedDay } from "../../../lib/attendance/import/parse-metrics.ts";
import type { ImportedOutcome } from "../../../lib/attendance/import/parse-outcomes.ts";
import { importedMetrics, importedOutcome } from "../../worlds/import-files.ts";

const TODAY = "2025-10-01";

function figuresIn(content: unknown): { days: ImportedDay[]; skipped: SkippedDate[] } {
  const file = parseImportFile(content, TODAY);
  if (file?.kind !== "metrics") throw new Error("expected a file of figures");
  return file;
}

function outcomesIn(content: unknown): { days: Map<string, ImportedOutcome[]>; skipped: SkippedDate[] } {
  const file = parseImportFile(content, TODAY);
  if (file?.kind !== "outcomes") throw new Error("expected a file of outcomes");
  return file;
}

const counts = (given: Record<string, number | null>) => ({
  ...{
    total_slots: 0,
    completed: 0,
    sold: null,
    no_shows: 0,
    ghosts: 0,
    cancelled: 0,
    rescheduled: 0,
    overhang: 0,
    pending: 0,
  },
  ...given,
});

/** The reason why a day of metrics is skipped. */
function problemOf(over: Record<string, unknown>): string | undefined {
  const { days, skipped } = figuresIn({ "2025-09-16": importedMetrics(over), "2025-09-17": importedMetrics() });
  expect(days.map(({ date }) => date)).toEqual(["2025-09-17"]);
  expect(skipped.map(({ date }) => date)).toEqual(["2025-09-16"]);
  return skipped[0]?.sentence;
}

describe("metrics of the older system", () => {
  it("are read with their parts, plus a part for the rest", () => {
    const { days, skipped } = figuresIn({ "2025-09-16": importedMetrics() });
    const whole = counts({ total_slots: 20, no_shows: 12, completed: 8 });
    expect(skipped).toEqual([]);
    expect(days).toEqual([
      {
        date: "2025-09-16",
        counts: whole,
        byHour: {
          "11:00": counts({ total_slots: 5, no_shows: 5 }),
          unknown: counts({ total_slots: 15, no_shows: 7, completed: 8 }),
        },
        byUser: { Unknown: whole },
        byPotential: {
          recall: counts({ total_slots: 1, completed: 1 }),
          unknown: counts({ total_slots: 19, completed: 7, no_shows: 12 }),
        },
      },
    ]);
  });

  it("have no empty part, and may state every count", () => {
    const given = {
      total_slots: 7,
      completed: 1,
      sold: 1,
      no_shows: 1,
      ghosts: 1,
      cancelled: 1,
      rescheduled: 1,
      overhang: 1,
      pending: 1,
    };
    const { total_slots: total, ...rest } = given;
    const { days } = figuresIn({ "2025-09-16": { ...given, by_hour: { "9:00": { total, ...rest } } } });
    expect(days[0]).toMatchObject({ counts: given, byHour: { "09:00": given }, byUser: { Unknown: given } });
    expect(Object.keys(days[0]?.byHour ?? {})).toEqual(["09:00"]);
    expect(figuresIn({ "2025-09-16": { total_slots: 0 } }).days[0]).toMatchObject({ counts: counts({}), byHour: {} });
  });

  it.each([
    ["9", "09:00"],
    ["09", "09:00"],
    ["9:00", "09:00"],
    ["23:00", "23:00"],
    ["0:00", "00:00"],
  ])("accept an hour written as %s", (written, hour) => {
    const { days } = figuresIn({
      "2025-09-16": importedMetrics({ by_hour: { [written]: { total: 20, no_shows: 12, completed: 8 } } }),
    });
    expect(Object.keys(days[0]?.byHour ?? {})).toEqual([hour]);
  });

  it("are added up for different spellings of an hour", () => {
    const by_hour = {
      "11:00": { total: 2, no_shows: 2 },
      "11:30": { total: 3, completed: 3 },
      "9:00": { total: 1, completed: 1 },
      "09:00": { total: 4, completed: 4 },
    };
    expect(figuresIn({ "2025-09-16": importedMetrics({ by_hour }) }).days[0]?.byHour).toEqual({
      "09:00": counts({ total_slots: 5, completed: 5 }),
      "11:00": counts({ total_slots: 5, no_shows: 2, completed: 3 }),
      unknown: counts({ total_slots: 10, no_shows: 10 }),
    });
  });

  it("ignore parts that exceed the day", () => {
    const whole = counts({ total_slots: 20, no_shows: 12, completed: 8 });
    const useless = [
      { Anna: { total: 15, no_shows: 12, completed: 3 }, Bert: { total: 6, completed: 6 } },
      { Anna: { total: 20, no_shows: 8, completed: 12 } },
    ];
    for (const by_user of useless) {
      expect(figuresIn({ "2025-09-16": importedMetrics({ by_user }) }).days[0]?.byUser).toEqual({ Unknown: whole });
    }
  });

  it.each([
    { total: 19, completed: 1 },
    { total: 1, completed: 8 },
  ])("ignore a part that contradicts itself: %j", (Anna) => {
    const [day] = figuresIn({ "2025-09-16": importedMetrics({ by_user: { Anna } }) }).days;
    for (const { total_slots, sold: _, ...outcomes } of Object.values(day?.byUser ?? {})) {
      expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(total_slots);
    }
  });

  it.each([
    [{ total_slots: 21 }, "total_slots: expected the sum of its outcomes (20), got 21"],
    [{ ghosts: 3 }, "total_slots: expected the sum of its outcomes (23), got 20"],
    [{ completed: undefined }, "total_slots: expected the sum of its outcomes (12), got 20"],
    [{ total_slots: undefined }, "total_slots: expected a whole number from 0 to 1000000, got nothing"],
    [{ total_slots: "20" }, 'total_slots: expected a whole number from 0 to 1000000, got "20"'],
    [{ no_shows: -12 }, "no_shows: expected a whole number from 0 to 1000000, got -12"],
    [{ no_shows: 11.5 }, "no_shows: expected a whole number from 0 to 1000000, got 11.5"],
    [{ completed: null }, "completed: expected a whole number from 0 to 1000000, got null"],
    [{ by_hour: { "25:00": { total: 1 } } }, "by_hour: expected hours such as 09:00, got "],
    [{ by_hour: { noon: { total: 1 } } }, "by_hour: expected hours such as 09:00, got "],
    [
      { by_hour: { "11:00": { completed: 1 } } },
      "by_hour.11:00.total: expected a whole number from 0 to 1000000, got nothing",
    ],
    [{ by_hour: [] }, "by_hour: expected"],
    [{ by_user: { Anna: 5 } }, "by_user.Anna: expected"],
    [{ by_potential: { top: { total: "1" } } }, "by_potential.top.total: expected a whole number"],
  ])("are skipped with %j, with the reason", (over, sentence) => {
    expect(problemOf(over)).toContain(sentence);
  });

  it.each([
    ["more sold than completed", { sold: 9 }],
    ["more than can be counted", { total_slots: 3_000_000_012, completed: 3_000_000_000 }],
  ])("are skipped with %s", (_, over) => {
    expect(problemOf(over)).toMatch(/: expected .*, got /);
  });

  it.each([null, 7, "many", true])("are skipped if a day is %j", (value) => {
    const { days, skipped } = figuresIn({ "2025-09-16": value, "2025-09-17": importedMetrics() });
    expect(days).toHaveLength(1);
    expect(skipped).toMatchObject([{ date: "2025-09-16", sentence: expect.stringContaining("expected") }]);
  });
});

describe("outcomes of the older system", () => {
  it("are read with all fields", () => {
    expect(outcomesIn({ "2025-09-16": [importedOutcome()], "2025-09-17": [] })).toEqual({
      kind: "outcomes",
      skipped: [],
      days: new Map([
        [
          "2025-09-16",
          [
            {
              date: "2025-09-16",
              minute: 660,
              customer: "Max Mustermann (ghost)",
              outcome: "ghost",
              colorId: "9",
              potential: "standard",
              consultant: "Anna",
              description: "Telefon 0171 23\n[Booked by: Bert]",
            },
          ],
        ],
        ["2025-09-17", []],
      ]),
    });
  });

  it("need only customer, time and outcome", () => {
    const least = { customer: "Max", time: "00:00", outcome: "completed" };
    for (const more of [{}, { color_id: null, potential_type: null, consultant: null, description: null }]) {
      expect(outcomesIn({ "2025-09-16": [{ ...least, ...more }] }).days.get("2025-09-16")).toEqual([
        {
          date: "2025-09-16",
          minute: 0,
          customer: "Max",
          outcome: "completed",
          colorId: null,
          potential: null,
          consultant: null,
          description: "",
        },
      ]);
    }
    expect(outcomesIn({ "2025-09-16": [{ ...least, user: "Bert" }] }).days.get("2025-09-16")).toMatchObject([
      { consultant: "Bert" },
    ]);
  });

  it.each([
    [{ time: "24:00" }, "[1].time: expected a time HH:MM"],
    [{ time: "mittags" }, "[1].time: expected a time HH:MM"],
    [{ time: undefined }, "[1].time: expected a time HH:MM, got nothing"],
    [{ outcome: "lost" }, "[1].outcome: expected one of completed"],
    [{ outcome: undefined }, "[1].outcome: expected one of completed"],
    [{ customer: 7 }, "[1].customer: expected text"],
    [{ customer: "Max\u0000" }, "[1].customer: expected text"],
    [{ color_id: 9 }, "[1].color_id: expected text"],
    [{ consultant: "x".repeat(101) }, "[1].consultant: expected text"],
  ])("are skipped for the whole day if one has %j", (over, sentence) => {
    const { days, skipped } = outcomesIn({
      "2025-09-16": [importedOutcome(), importedOutcome(over)],
      "2025-09-17": [importedOutcome()],
    });
    expect([...days.keys()]).toEqual(["2025-09-17"]);
    expect(skipped).toMatchObject([{ date: "2025-09-16", sentence: expect.stringContaining(sentence) }]);
  });

  it("are skipped if a day contains something else", () => {
    expect(outcomesIn({ "2025-09-16": [null], "2025-09-17": ["Max"] }).skipped).toHaveLength(2);
  });
});

describe("a file of the older system", () => {
  it.each([
    "2025-10-02",
    "2026-09-16",
    "2025-02-30",
    "1999-12-31",
    "16.09.2025",
    "2025-9-16",
    "today",
    "",
    "constructor",
  ])("skips the date %j", (date) => {
    for (const value of [importedMetrics(), [importedOutcome()]]) {
      const file = parseImportFile({ [date]: value, [TODAY]: value }, TODAY);
      expect(file?.skipped).toEqual([{ date, sentence: `expected a calendar date up to today (${TODAY})` }]);
    }
  });

  it.each([[null], [[]], [{}], ["text"], [7], [[importedMetrics()]]])("is not recognised by %j", (content) => {
    expect(parseImportFile(content, TODAY)).toBeUndefined();
  });
});
