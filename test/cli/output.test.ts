import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { JOBS } from "../../lib/app/registry.ts";
import type { Db } from "../../lib/db/db.ts";
import { runCli } from "../support/children/run-cli.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { addUsers } from "../worlds/club.ts";
import { SETTINGS } from "../worlds/club-settings.ts";
import { addSite, send } from "../worlds/site.ts";

describe("the output of commands", () => {
  let url: string;
  let db: Db;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ url, db, close } = await freshPostgres());
    await addUsers(db, "ada");
    await addSite(db);
    await send(db, [{ event_type: "click" }], { now: new Date() });
  });
  afterAll(() => close());

  const run = (args: string[], env: Record<string, string> = {}, terminalWidth?: number) =>
    runCli(args, { env: { ...SETTINGS, DATABASE_URL: url, ...env }, ...(terminalWidth && { terminalWidth }) });
  const json = async (...args: string[]) => JSON.parse((await run([...args, "--json"])).out);

  it("is JSON with --json wherever there is a table", async () => {
    const jobs = await json("list");
    expect(jobs).toHaveLength(Object.keys(JOBS).length);
    expect(jobs[0]).toMatchObject({
      command: "weekly",
      job: "weekly-events",
      lastRun: null,
      nextRun: expect.any(String),
    });
    const status = { site: "shop", events: 0, toValidate: 1, toLoad: 0, oldestMinutes: 0, deadLetters: [] };
    expect(await json("site", "status")).toEqual([status]);
    expect(await json("privacy", "erase", "--user", "ada", "--dry-run")).toContainEqual({ table: "users", rows: 1 });
    expect(await json("slots", "--dry-run")).toMatchObject({ status: "ok", days: [] });
  });

  it("fits the width of the terminal, and does not change elsewhere", async () => {
    const { out: wide } = await run(["list"]);
    expect(Math.max(...wide.split("\n").map((line) => line.length))).toBeGreaterThan(80);
    for (const width of [60, 80]) {
      const { code, out } = await run(["list"], {}, width);
      expect(code).toBe(0);
      expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(width);
      expect(out).toContain("weekly-events");
    }
  });

  it("keeps log lines off standard output; LOG_FORMAT and LOG_LEVEL decide what is logged, and how", async () => {
    const asJson = await run(["cleanup"]);
    expect(asJson.err).toContain('{"level":"info","event":"job_run"');
    expect(() => JSON.parse(asJson.out)).not.toThrow();
    const pretty = await run(["cleanup"], { LOG_FORMAT: "pretty" });
    expect(pretty.err).toMatch(/^info {2}job_run .*job=job-cleanup .*status=completed/m);
    expect((await run(["cleanup"], { LOG_LEVEL: "warn" })).err).not.toContain("job_run");
    expect((await run(["cleanup"], {}, 80)).err).not.toContain("job_run");
    expect((await run(["cleanup"], { LOG_LEVEL: "info" }, 80)).err).toContain("job_run");
    expect(await run(["cleanup"], { LOG_FORMAT: "xml" })).toMatchObject({
      code: 2,
      err: 'LOG_FORMAT: expected json or pretty, got "xml"\n',
    });
  });

  it("of migrate says whether there was anything to do", async () => {
    expect(await run(["migrate"])).toMatchObject({ code: 0, out: "the database is up to date\n" });
  });
});
