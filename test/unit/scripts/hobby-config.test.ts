import { describe, expect, it } from "vitest";
import hobby from "../../../vercel.hobby.json" with { type: "json" };
import vercel from "../../../vercel.json" with { type: "json" };

/** An expression with one minute and one hour. */
const isAtMostDaily = ({ schedule }: { schedule: string }): boolean => /^\d+ \d+ /.test(schedule);

describe("the configuration for Vercel's plan Hobby", () => {
  it("has the crons that fire at most once a day, as the plan allows", () => {
    expect(hobby.crons).toEqual(vercel.crons.filter(isAtMostDaily));
    expect(hobby.crons.length).toBeGreaterThan(0);
  });

  it("is in everything else the one that is deployed to Pro", () => {
    expect({ ...hobby, crons: [] }).toEqual({ ...vercel, crons: [] });
  });
});
