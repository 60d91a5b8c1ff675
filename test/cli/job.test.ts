import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { JOBS } from "../../lib/app/registry.ts";
import { type Db, rows } from "../../lib/db/db.ts";
import { SCHEDULES } from "../../lib/jobs/schedule.ts";
import { weeklyResults } from "../../lib/sport/evaluation/schema.ts";
import { runCli } from "../support/children/run-cli.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { addUsers } from "../worlds/club.ts";
import { SETTINGS } from "../worlds/club-settings.ts";

describe("npm run job", () => {
  let url: string;
  let db: Db;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ url, db, close } = await freshPostgres());
    await addUsers(db, "ada", "bob");
  });
  afterAll(() => close());

  const job = (args: string[], env: Record<string, string> = {}, options = {}) =>
    runCli(args, { env: { ...SETTINGS, DATABASE_URL: url, ...env }, ...options });

  it("evaluates a week, with plain progress lines without a terminal", async () => {
    const { code, out, err } = await job(["weekly", "--week", "2026-02-04"], {}, { fromSource: true });
    expect(code).toBe(0);
    expect(out).toContain('"weekStart": "2026-02-02T00:00:00.000Z"');
    expect(out).toContain('"processedUsers": 2');
    expect(err).toContain("weekly-events: 100 %");
    expect(await db.$count(weeklyResults)).toBe(2);
  });

  it("does it again only by force, and writes nothing in a dry run", async () => {
    await db.execute(sql`delete from weekly_results`);
    expect((await job(["weekly", "--week", "2026-02-02"])).out).toContain("already-processed");
    expect((await job(["weekly", "--week", "2026-02-02", "--dry-run"])).out).toContain('"processedUsers": 2');
    expect(await db.$count(weeklyResults)).toBe(0);
    expect((await job(["weekly", "--week", "2026-02-02", "--force"])).code).toBe(0);
    expect(await db.$count(weeklyResults)).toBe(2);
  });

  it("lists jobs with schedules, last and next runs", async () => {
    const { code, out } = await job(["list"]);
    expect(code).toBe(0);
    expect(out).toMatch(/weekly +weekly-events +0 23 \* \* 0 \| 5 0,6,12 \* \* 1 .* completed .*Z$/m);
    for (const [command, { name }] of Object.entries(JOBS))
      expect(out).toMatch(new RegExp(`^${command} +${name} `, "m"));
  });

  it("prints a crontab that fires as the platform would, without the secret", async () => {
    const { code, out } = await job(["crontab", "--url", "https://taktwerk.example"], {
      CRON_SECRET: "not-to-be-printed",
    });
    expect(code).toBe(0);
    expect(out).not.toContain("not-to-be-printed");
    expect(out.split("\n").filter((line) => line.includes("curl"))).toHaveLength(SCHEDULES.length);
    expect(out).toContain(
      '-H "x-vercel-cron-schedule: 0 3 * * 0" "https://taktwerk.example/api/events/slots?daysAhead=45"',
    );
    const nowhere = await job(["crontab"], { EVENTS_BASE_URL: "" });
    expect(nowhere).toMatchObject({ code: 2, err: expect.stringContaining("url: expected --url https://…") });
  });

  it("cleans up, and looks after the other jobs", async () => {
    const { code, out } = await job(["cleanup"]);
    expect(code).toBe(0);
    expect(out).toMatch(/"skipped": false,.*"cleaned": 0,.*"runs": \[\]/s);
    const watches = await rows(db, sql`select from cron_watches`);
    expect(watches.length).toBeGreaterThan(4);
  });

  it.each([
    [["monthly-ish"], "command: expected one of weekly, monthly, dispatch, cleanup, slots, tracking, site, list"],
    [[], "command: expected one of weekly, monthly, dispatch, cleanup, slots, tracking, site, list"],
    [["weekly", "--week", "2026-02-30"], "week: expected a calendar date YYYY-MM-DD"],
    [["weekly", "--month", "2026-02"], "Unknown option '--month'"],
    [["weekly", "--week"], "Option '--week <YYYY-MM-DD>': expected a value, got none"],
    [["monthly", "--month", "2026-13"], "month: expected a month YYYY-MM"],
    [["dispatch", "--limit", "abc"], "limit: expected a whole number from 1 to 10000"],
    [["dispatch", "--dry-run"], "Unknown option '--dry-run'"],
    [["cleanup", "now"], 'cleanup: expected no argument, got "now"'],
  ])("refuses %j with exit code 2", async (args, sentence) => {
    await db.execute(sql`delete from cron_watches`);
    const { code, err, out } = await job(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
    expect(err).not.toMatch(/\n\s+at /); // no stack
    expect(await rows(db, sql`select from cron_watches`)).toEqual([]); // and no tick
  });

  it("refuses a wrong setting with exit code 2", async () => {
    const { code, err } = await job(["list"], { EVENTS_TIMEZONE: "Mars/Base" });
    expect(code).toBe(2);
    expect(err).toContain('EVENTS_TIMEZONE: expected an IANA time zone such as Europe/Berlin, got "Mars/Base"');
  });

  it("ends with exit code 1 if the job failed", async () => {
    await db.execute(sql`alter table awards rename to elsewhere`);
    const { code, err } = await job(["weekly", "--week", "2026-02-02", "--force"]);
    await db.execute(sql`alter table elsewhere rename to awards`);
    expect(code).toBe(1);
    expect(err).toContain("weekly-events: the week from 2026-02-02T00:00:00.000Z failed");
  });
});
