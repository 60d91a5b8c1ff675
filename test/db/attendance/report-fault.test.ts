import { expect, vi } from "vitest";
import { queueWeeklyReport } from "../../../lib/attendance/report/weekly-report.ts";
import { redirectLog } from "../../../lib/log.ts";
import { emailQueue } from "../../../lib/mail/schema.ts";
import { googleServer } from "../../fakes/google-server.ts";
import { addWeek, configureReport, MONDAY_EVENING, reportRun } from "../../support/attendance/report-run.ts";
import { configureGoogle, runTracking } from "../../support/attendance/tracking-run.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { event } from "../../worlds/google-events.ts";

const it = databaseTest();

/** The native library that draws the chart does not load. */
vi.mock("@resvg/resvg-js", () => {
  throw new Error("no native binding for this machine");
});

it("queues the report without its chart, and logs the error", async ({ db }) => {
  configureReport();
  await addWeek(db, { date: "2026-02-09", completed: 3, noShows: 1 });
  const run = reportRun(db);
  expect(await queueWeeklyReport(run)).toBe("queued");
  const [mail] = await db.select().from(emailQueue);
  expect(mail?.inlineImage).toBeNull();
  expect(mail?.html).not.toContain("<img");
  expect(mail?.text).not.toContain("Diagramm");
  expect(mail?.text).toMatch(/Mo.9\.2\. +75,00.% +4 +3 +1/);
  expect(run.logged).toEqual([
    { level: "error", event: "report_chart_failed", fields: expect.objectContaining({ week: "2026-02-09" }) },
  ]);
});

it("does not fail the run", async ({ db }) => {
  const google = await googleServer({ calendars: { "team@club.example": [event()] } });
  configureGoogle(google, { TRACKING_REPORT_TO: "boss@club.example", EMAIL_FROM: "club@club.example" });
  const lines: string[] = [];
  redirectLog((_, line) => lines.push(line));
  expect(await runTracking(db, {}, MONDAY_EVENING)).toMatchObject({ status: "ok", report: "queued" });
  redirectLog(() => {});
  expect(lines.filter((line) => line.includes("report_chart_failed"))).toHaveLength(1);
  expect(await db.$count(emailQueue)).toBe(1);
});
