import { createHash } from "node:crypto";
import { beforeEach, describe, expect } from "vitest";
import { newestEndedWeek } from "../../../lib/attendance/report/week-data.ts";
import { queueWeeklyReport } from "../../../lib/attendance/report/weekly-report.ts";
import type { Db } from "../../../lib/db/db.ts";
import { emailQueue } from "../../../lib/mail/schema.ts";
import { decodePng } from "../../../lib/mail/template/inline-image.ts";
import { addWeek, configureReport, MONDAY_EVENING, reportRun, WEEK } from "../../support/attendance/report-run.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { addReportDays } from "../../worlds/report-days.ts";

/** When the weekly report is queued, and for whom. */

const it = databaseTest();
let db: Db;
beforeEach<{ db: Db }>(({ db: own }) => {
  db = own;
  configureReport();
});

const queued = () => db.select().from(emailQueue).orderBy(emailQueue.id);
const report = (now = MONDAY_EVENING) => queueWeeklyReport(reportRun(db, now));
const hashOf = (address: string) => createHash("sha256").update(address).digest("hex").slice(0, 16);

describe("the week of a report", () => {
  const week = (now: string, zone = "Europe/Berlin") => newestEndedWeek(new Date(now), zone);

  it("is the newest week that has ended, Monday to Sunday", () => {
    expect(week("2026-02-16T22:00:00Z")).toEqual({ from: "2026-02-09", to: "2026-02-15" });
    expect(week("2026-02-22T22:00:00Z")).toEqual({ from: "2026-02-09", to: "2026-02-15" });
  });

  it("ends on Monday at 00:00:00 exactly", () => {
    expect(week("2026-02-15T23:00:00.000Z")).toEqual({ from: "2026-02-09", to: "2026-02-15" });
    expect(week("2026-02-15T22:59:59.999Z")).toEqual({ from: "2026-02-02", to: "2026-02-08" });
  });

  it("ends an hour earlier or later in UTC if the clocks change on its Sunday", () => {
    expect(week("2026-03-29T22:00:00Z")).toEqual({ from: "2026-03-23", to: "2026-03-29" });
    expect(week("2026-03-29T21:59:59Z")).toEqual({ from: "2026-03-16", to: "2026-03-22" });
    expect(week("2026-10-25T23:00:00Z")).toEqual({ from: "2026-10-19", to: "2026-10-25" });
    expect(week("2026-10-25T22:59:59Z")).toEqual({ from: "2026-10-12", to: "2026-10-18" });
  });

  it("follows the zone, also at the turn of the year", () => {
    expect(week("2026-01-05T04:00:00Z", "America/New_York")).toEqual({ from: "2025-12-22", to: "2025-12-28" });
    expect(week("2026-01-05T05:00:00Z", "America/New_York")).toEqual({ from: "2025-12-29", to: "2026-01-04" });
  });
});

describe("the report", () => {
  it("is queued with a chart as soon as its week is final", async () => {
    await addWeek(db, { date: "2026-02-09", completed: 3, noShows: 1 });
    expect(await report()).toBe("queued");
    const [mail, ...others] = await queued();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      dedupeKey: `attendance-report:2026-02-09:${hashOf("boss@club.example")}`,
      recipient: "boss@club.example",
      userId: null,
      unsubscribeUrl: null,
      status: "pending",
      createdAt: MONDAY_EVENING,
    });
    expect(mail?.subject.replace("\u00a0", " ")).toBe("Auftauchquote der Woche: 75,00 % (9.–15. Februar 2026)");
    expect(decodePng(mail?.inlineImage ?? "").readUInt32BE(16)).toBe(1200);
  });

  it("waits until all seven days are final", async () => {
    await addReportDays(db, ...WEEK.slice(0, 6).map((date) => ({ date })));
    expect(await report()).toBe("waiting");
    await addReportDays(db, { date: "2026-02-15", final: false });
    expect(await report()).toBe("waiting");
    expect(await queued()).toEqual([]);
  });

  it("ignores days of other weeks", async () => {
    await addWeek(db);
    await addReportDays(db, { date: "2026-02-16", final: false }, { date: "2026-02-08", final: false });
    expect(await report()).toBe("queued");
  });

  it("is queued once per address, even if the numbers change later", async () => {
    configureReport({ TRACKING_REPORT_TO: "boss@club.example, team@club.example" });
    await addWeek(db);
    expect(await report()).toBe("queued");
    const first = await queued();
    expect(first.map(({ recipient }) => recipient).sort()).toEqual(["boss@club.example", "team@club.example"]);
    expect(await report(new Date("2026-02-17T22:00:00Z"))).toBe("already-queued");
    await addReportDays(db, { date: "2026-02-16" });
    expect(await report(new Date("2026-02-18T22:00:00Z"))).toBe("already-queued");
    expect(await queued()).toEqual(first);
  });

  it("is queued again for another week", async () => {
    await addWeek(db);
    await report();
    const next = ["16", "17", "18", "19", "20", "21", "22"].map((day) => ({ date: `2026-02-${day}`, completed: 1 }));
    await addReportDays(db, ...next);
    expect(await report(new Date("2026-02-23T22:00:00Z"))).toBe("queued");
    expect((await queued()).map(({ dedupeKey }) => dedupeKey.split(":")[1])).toEqual(["2026-02-09", "2026-02-16"]);
  });

  it("is queued for a new address only", async () => {
    await addWeek(db);
    await report();
    const [first] = await queued();
    configureReport({ TRACKING_REPORT_TO: "boss@club.example,new@club.example" });
    expect(await report(new Date("2026-02-17T22:00:00Z"))).toBe("queued");
    const [still, added] = await queued();
    expect(still).toEqual(first);
    expect(added?.recipient).toBe("new@club.example");
  });

  it("is queued once for an address that is set twice, in different case", async () => {
    configureReport({ TRACKING_REPORT_TO: "Boss@Club.example,boss@club.example" });
    await addWeek(db);
    expect(await report()).toBe("queued");
    expect((await queued()).map(({ dedupeKey }) => dedupeKey)).toEqual([
      `attendance-report:2026-02-09:${hashOf("boss@club.example")}`,
    ]);
  });

  it("is not queued without recipients", async () => {
    configureReport({ TRACKING_REPORT_TO: "" });
    await addWeek(db);
    expect(await report()).toBe("none");
  });

  it("is not queued without a sender, which is logged and does not fail the run", async () => {
    configureReport({ EMAIL_FROM: "" });
    await addWeek(db);
    const run = reportRun(db);
    expect(await queueWeeklyReport(run)).toBe("no-sender");
    expect(run.logged).toEqual([{ level: "warn", event: "report_without_sender", fields: expect.anything() }]);
    expect(await queued()).toEqual([]);
    configureReport();
    expect(await report()).toBe("queued");
  });

  it("has the language of the setting", async () => {
    configureReport({ TRACKING_REPORT_LANGUAGE: "en" });
    await addWeek(db, { date: "2026-02-09", completed: 3, noShows: 1 });
    await report();
    const [mail] = await queued();
    expect(mail?.subject).toBe("Show rate of the week: 75.00% (9 – 15 February 2026)");
    expect(mail?.html).toContain('<html lang="en">');
  });

  it("does not change the state of its run", async () => {
    await addWeek(db);
    const run = reportRun(db);
    const { state } = run;
    await queueWeeklyReport(run);
    expect(run.state).toEqual(state);
  });

  it("is queued once if another run is faster", async () => {
    await addWeek(db);
    const run = reportRun(db);
    const { checkpoint } = run.context;
    run.context.checkpoint = async (work) => {
      await report();
      return checkpoint(work);
    };
    expect(await queueWeeklyReport(run)).toBe("already-queued");
    expect(await queued()).toHaveLength(1);
  });

  it("is not queued if its step is not committed", async () => {
    await addWeek(db);
    const run = reportRun(db);
    const { checkpoint } = run.context;
    run.context.checkpoint = (work) =>
      checkpoint(async (tx) => {
        await work(tx);
        throw new Error("the lease is lost");
      });
    await expect(queueWeeklyReport(run)).rejects.toThrow("the lease is lost");
    expect(await queued()).toEqual([]);
  });
});
