import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { JOBS } from "../../../lib/app/registry.ts";
import { isPeriodJob } from "../../../lib/jobs/job.ts";
import vercel from "../../../vercel.json" with { type: "json" };

/** What is written down twice says the same twice. */

describe("the registry of jobs", () => {
  it.each(Object.entries(JOBS))("knows of %s what the job says of itself", async (command, entry) => {
    const job = await entry.load();
    expect(job).toMatchObject({ name: entry.name, path: entry.path, command });
    expect(isPeriodJob(job) ? job.kind : undefined).toBe(entry.period);
  });

  it("names each job, and each path, once", () => {
    const entries = Object.values(JOBS);
    for (const key of ["name", "path"] as const) {
      expect(new Set(entries.map((entry) => entry[key])).size).toBe(entries.length);
    }
  });

  it.each(vercel.crons)(
    "has a job behind the cron $schedule of $path, and an endpoint that fires it",
    async ({ path, schedule }) => {
      const entry = Object.values(JOBS).find((known) => known.path === path.split("?")[0]);
      expect(entry).toBeDefined();
      const file = resolve(`api${entry?.path.slice("/api".length)}.ts`);
      expect(existsSync(file)).toBe(true);
      const endpoint = await import(file);
      expect(endpoint).toMatchObject({ GET: expect.any(Function), POST: expect.any(Function) });
      expect(schedule).toMatch(/^[\d*/,-]+( [\d*/,-]+){4}$/); // five fields of numbers: all that the platform takes
      const [, , dayOfMonth, , dayOfWeek] = schedule.split(" ");
      expect(dayOfMonth === "*" || dayOfWeek === "*").toBe(true);
    },
  );

  it("has no job without a cron", () => {
    const fired = new Set(vercel.crons.map(({ path }) => path.split("?")[0]));
    expect(Object.values(JOBS).filter(({ path }) => !fired.has(path))).toEqual([]);
  });
});
