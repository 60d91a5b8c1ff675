import { describe, expect, it } from "vitest";
import { JOBS } from "../../../lib/app/registry.ts";
import { argumentsFor, jobOptions, parametersIn } from "../../../lib/cli/job-options.ts";
import { counted } from "../../../lib/cli/output/count.ts";

describe("the options of a job's command", () => {
  it.each(Object.keys(JOBS))("of %s are all described in a sentence", async (command) => {
    const job = await JOBS[command]!.load();
    for (const { long, description } of jobOptions(job)) {
      expect(`${long}: ${description}`).toMatch(/^--[a-z-]+: [A-Z].*[.)]$/);
      expect(description).not.toMatch(/^\(/);
    }
  });

  it("name the type of their value", async () => {
    const flagsOf = async (command: string) => jobOptions(await JOBS[command]!.load()).map(({ flags }) => flags);
    expect(await flagsOf("weekly")).toEqual(["--force", "--dry-run", "--week <YYYY-MM-DD>"]);
    expect(await flagsOf("monthly")).toContain("--month <YYYY-MM>");
    expect(await flagsOf("dispatch")).toEqual(["--limit <number>"]);
    expect(await flagsOf("slots")).toContain("--provider-id <id>");
    expect(await flagsOf("site")).toContain("--reason <value>");
    expect(await flagsOf("cleanup")).toEqual([]);
  });

  it("become the parameters of the job, and parameters become arguments", async () => {
    const slots = await JOBS.slots!.load();
    expect(parametersIn(slots, { daysAhead: "45", dryRun: true, json: true })).toEqual({
      daysAhead: "45",
      dryRun: true,
    });
    expect(argumentsFor({ daysAhead: "45", dryRun: true, verbose: false })).toEqual([
      "--days-ahead",
      "45",
      "--dry-run",
    ]);
  });
});

describe("a count", () => {
  it("has its noun in the right number", () => {
    expect([0, 1, 2, 1200].map((count) => counted(count, "day"))).toEqual(["0 days", "1 day", "2 days", "1,200 days"]);
    expect(counted(2, "entry", "entries")).toBe("2 entries");
  });
});
