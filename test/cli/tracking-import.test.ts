import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dailyMetrics } from "../../lib/attendance/schema.ts";
import { type Db, rows } from "../../lib/db/db.ts";
import { runCli } from "../support/children/run-cli.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { addDays } from "../worlds/attendance.ts";
import { SETTINGS } from "../worlds/club-settings.ts";
import { importedMetrics, importedOutcome } from "../worlds/import-files.ts";

const METRICS = "daily_metrics.json";
const OUTCOMES = "daily_outcomes.json";

describe("npm run cli -- tracking import", () => {
  let url: string;
  let db: Db;
  let close: () => Promise<void>;
  let directory: string;
  beforeAll(async () => {
    ({ url, db, close } = await freshPostgres());
    directory = await mkdtemp(join(tmpdir(), "import-"));
  });
  afterAll(async () => {
    await close();
    await rm(directory, { recursive: true });
  });
  beforeEach(() => db.execute(sql`truncate calendar_appointments, daily_metrics`));

  /** Runs the command with these files, in their directory. */
  async function take(files: Record<string, unknown>, args = Object.keys(files)) {
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(directory, name), typeof content === "string" ? content : JSON.stringify(content));
    }
    return runCli(["tracking", "import", ...args], { cwd: directory, env: { ...SETTINGS, DATABASE_URL: url } });
  }

  it("imports both files, outcomes first, and reports the result of each day", async () => {
    await addDays(db, { date: "2025-09-18", completed: 1 });
    const { code, out, err } = await take({
      [METRICS]: { "2025-09-15": importedMetrics(), "2025-09-16": importedMetrics(), "2025-09-18": importedMetrics() },
      [OUTCOMES]: { "2025-09-16": [importedOutcome()], "2025-09-17": [] },
    });
    expect({ code, err: err.replace(/^tracking import: .*$/gm, "").trim() }).toEqual({ code: 0, err: "" });
    const [first, second, third, ...kept] = out.trim().split("\n");
    expect([first, second, third]).toEqual([
      `${OUTCOMES}: outcomes of 2 days imported, 0 kept because more precise data is stored, 0 could not be read.`,
      "",
      `${METRICS}: figures of 1 day imported, 2 kept because more precise data is stored, 0 could not be read.`,
    ]);
    expect(kept.toSorted()).toEqual(["  2025-09-16: kept", "  2025-09-18: kept"]);
    const days = await rows<{ date: string; source: string; total: number }>(
      db,
      sql`select date::text as date, source, total_slots as total from daily_metrics order by date`,
    );
    expect(days).toEqual([
      { date: "2025-09-15", source: "figures", total: 20 },
      { date: "2025-09-16", source: "outcomes", total: 1 },
      { date: "2025-09-17", source: "outcomes", total: 0 },
      { date: "2025-09-18", source: "calendar", total: 1 },
    ]);
  });

  it("imports the readable days, reports the others with the reason, and ends with exit code 1", async () => {
    const content = {
      "2025-09-15": importedMetrics(),
      "2025-09-16": importedMetrics({ total_slots: 21 }),
      "2025-09-31": importedMetrics(),
      "2090-01-01": importedMetrics(),
    };
    const { code, out } = await take({ [METRICS]: content });
    expect(code).toBe(1);
    const lines = out.trim().split("\n");
    expect(lines[0]).toBe(
      `${METRICS}: figures of 1 day imported, 0 kept because more precise data is stored, 3 could not be read.`,
    );
    expect(lines.slice(1)).toEqual(
      expect.arrayContaining([
        "  2025-09-16: total_slots: expected the sum of its outcomes (20), got 21",
        expect.stringMatching(/^ {2}2025-09-31: expected a calendar date up to today \(\d{4}-\d\d-\d\d\)$/),
        expect.stringMatching(/^ {2}2090-01-01: expected a calendar date up to today/),
      ]),
    );
    expect(await db.$count(dailyMetrics)).toBe(1);
  });

  it("may be done again", async () => {
    const files = { [OUTCOMES]: { "2025-09-16": [importedOutcome()] } };
    expect((await take(files)).code).toBe(0);
    expect((await take(files)).out).toContain("outcomes of 1 day imported, 0 kept");
    expect(await db.$count(dailyMetrics)).toBe(1);
  });

  it("lists at most a hundred days of each kind", async () => {
    const wrong = Array.from({ length: 101 }, (_, n) => [`day ${n}`, importedMetrics()]);
    const { code, out } = await take({ [METRICS]: Object.fromEntries(wrong) });
    expect(code).toBe(1);
    expect(out).toContain(
      "figures of 0 days imported, 0 kept because more precise data is stored, 101 could not be read.",
    );
    expect(out).toContain("… and more");
    expect(out).not.toContain("day 100");
  });

  it.each<[string, Record<string, unknown>, string[], string]>([
    ["no file", {}, [], "files: expected daily_metrics.json or daily_outcomes.json, got none"],
    ["a file that is not there", {}, ["nowhere.json"], "nowhere.json: expected a file that can be read, got ENOENT"],
    ["a directory", {}, ["."], "expected a file that can be read, got EISDIR"],
    ["what is not JSON", { "a.json": "{" }, ["a.json"], "a.json: expected JSON, got something else"],
    ["a list", { "b.json": [] }, ["b.json"], "b.json: expected figures or lists of outcomes by date, got neither"],
    [
      "an empty object",
      { "c.json": {} },
      ["c.json"],
      "c.json: expected figures or lists of outcomes by date, got neither",
    ],
    [
      "a good file and a bad one",
      { [METRICS]: { "2025-09-15": importedMetrics() }, "d.json": "-" },
      [METRICS, "d.json"],
      "d.json: expected JSON",
    ],
    [
      "a flag",
      { [METRICS]: { "2025-09-15": importedMetrics() } },
      [METRICS, "--dry-run"],
      "Unknown option '--dry-run'",
    ],
  ])("refuses %s with exit code 2, and writes nothing", async (_, files, args, sentence) => {
    const { code, out, err } = await take(files, args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
    expect(err).not.toMatch(/\n\s+at /);
    expect(await db.$count(dailyMetrics)).toBe(0);
  });
});
