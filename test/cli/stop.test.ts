import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Db, rows } from "../../lib/db/db.ts";
import { weeklyResults } from "../../lib/sport/evaluation/schema.ts";
import { cliCommand, runCli } from "../support/children/run-cli.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { SETTINGS } from "../worlds/club-settings.ts";

const USERS = 20_000; // ten steps for each pass of the evaluation

describe("a command that is stopped with Ctrl-C", () => {
  let url: string;
  let db: Db;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ url, db, close } = await freshPostgres());
    await db.execute(sql`insert into users (id, email) select 'user-' || n, n || '@club.example'
      from generate_series(1, ${USERS}) as n`);
  });
  afterAll(() => close());
  beforeEach(() => db.execute(sql`truncate job_executions, job_runs, weekly_results`));

  const evaluation = ["weekly", "--week", "2026-02-04"];

  /** Starts the evaluation. @returns the process, its exit code once it has ended, and what it has printed so far. */
  function start() {
    const child = spawn(process.execPath, cliCommand(evaluation), { env: { ...SETTINGS, DATABASE_URL: url } });
    const printed = { out: "", err: "" };
    child.stdout.on("data", (text) => {
      printed.out += text;
    });
    child.stderr.on("data", (text) => {
      printed.err += text;
    });
    const exit = once(child, "close").then(([code]) => code as number);
    return { child, printed, exit };
  }

  async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
    for (let waitedMs = 0; !(await condition()); waitedMs += 20) {
      if (waitedMs > 60_000) throw new Error("expected the condition within a minute");
      await sleep(20);
    }
  }

  const waitingSessions = () =>
    rows(db, sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);

  const runStatus = () => rows<{ status: string }>(db, sql`select status from job_runs`);

  it.each(["SIGINT", "SIGTERM"] as const)(
    "leaves its run pending on %s and says how to continue it",
    async (signal) => {
      const { child, printed, exit } = start();
      await until(() => /weekly-events: \d+ %/.test(printed.err));
      child.kill(signal);
      expect(await exit).toBe(130);
      expect(printed.err).toContain("Stopping after the current step. Press Ctrl-C again to end at once.");
      expect(printed.err).toMatch(
        /^Stopped after [\d,]+ of [\d,]+\. The run is pending; the next tick continues it\./m,
      );
      expect(printed.err).toContain("npm run cli -- weekly --week 2026-02-02");
      expect(JSON.parse(printed.out)).toMatchObject({ status: "partial" });
      expect(await runStatus()).toEqual([{ status: "pending" }]);
      const before = await db.$count(weeklyResults);
      expect(before).toBeLessThanOrEqual(USERS);

      const continued = await runCli(evaluation, { env: { ...SETTINGS, DATABASE_URL: url } });
      expect(continued).toMatchObject({ code: 0, out: expect.stringContaining(`"processedUsers": ${USERS}`) });
      expect(await runStatus()).toEqual([{ status: "completed" }]);
      expect(await db.$count(weeklyResults)).toBe(USERS);
    },
  );

  it("counts two signals of one key press once, and ends at once on the second key press", async () => {
    const { child, printed, exit } = start();
    const blocked = db.transaction(async (tx) => {
      await tx.execute(sql`lock table weekly_results in access exclusive mode`);
      await until(async () => (await waitingSessions()).length > 0);
      child.kill("SIGINT");
      child.kill("SIGINT"); // npm passes the signal of the terminal on
      await until(() => printed.err.includes("Stopping after the current step"));
      await sleep(1_000);
      expect(child.exitCode).toBeNull();
      child.kill("SIGINT");
      return exit;
    });
    expect(await blocked).toBe(130);
    expect(printed.out).toBe("");
    expect(await runStatus()).toEqual([{ status: "running" }]); // until its lease runs out
  });
});
