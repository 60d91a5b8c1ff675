import { describe, expect, it } from "vitest";
import { checkCrons, compareCrons } from "../../../lib/cli/doctor/crons.ts";

const WEEKLY = { path: "/api/events/weekly", expression: "0 23 * * 0" };
const GOOD = "export const { GET, POST } = defineJob(weekly);";
const JOBS = [["weekly", { path: "/api/events/weekly" }]] as const;

const check = async (
  schedules = [WEEKLY],
  text: string | undefined = GOOD,
  jobs: Parameters<typeof compareCrons>[2] = JOBS,
) => (await compareCrons(schedules, async () => text, jobs)).map(({ status, says }) => `${status} ${says}`);

describe("crons", () => {
  it("of this project all call a function and fire a job", async () => {
    expect(await checkCrons()).toMatchObject([{ status: "pass" }]);
  });

  it("pass with a function that answers GET, however it is written, and with a query in the path", async () => {
    for (const text of [
      GOOD,
      "export async function GET() {}",
      "export const GET = 1;",
      "export const {\n  POST,\n  GET,\n} = x;",
    ]) {
      expect(await check([WEEKLY, { ...WEEKLY, path: "/api/events/weekly?force=true" }], text)).toEqual([
        "pass 2 crons, each with its function and its job",
      ]);
    }
  });

  it("fail without a function, and with a function that exports no GET", async () => {
    const none = await compareCrons([WEEKLY], async () => undefined, JOBS);
    expect(none).toMatchObject([
      {
        status: "fail",
        says: expect.stringContaining("there is no api/events/weekly.ts"),
        remedy: expect.stringContaining("vercel.json"),
      },
    ]);
    expect(await check([WEEKLY], "export const { POST } = route; // GET")).toEqual([
      "fail api/events/weekly.ts exports no GET, and crons send GET",
    ]);
  });

  it.each(["* * * *", "0 0 * * 7-9", "@daily", "0 23 * * SUN", "61 * * * *", ""])(
    "fail with the expression %j",
    async (expression) => {
      expect(await check([{ ...WEEKLY, expression }])).toEqual([
        expect.stringContaining("which Vercel does not accept"),
      ]);
    },
  );

  it("fail without a job, as does a job without a cron", async () => {
    expect(await check([WEEKLY, { path: "/api/events/yearly", expression: "0 0 1 1 *" }])).toEqual([
      "fail the cron /api/events/yearly fires no job of the registry",
    ]);
    expect(await check([WEEKLY], GOOD, [...JOBS, ["cleanup", { path: "/api/events/cleanup" }]])).toEqual([
      "fail the job cleanup (/api/events/cleanup) has no cron",
    ]);
  });
});
