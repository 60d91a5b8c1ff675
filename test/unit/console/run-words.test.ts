import { describe, expect, test } from "vitest";
import vercel from "../../../vercel.json" with { type: "json" };
import { describeFault } from "../../../web/console/pages/runs/sentences/errors.ts";
import { momentLabel, monthLabel, weekLabel, whenLabel } from "../../../web/console/pages/runs/sentences/period.ts";
import { describeSchedule } from "../../../web/console/pages/runs/sentences/schedule.ts";
import { describeStart, type Start } from "../../../web/console/pages/runs/sentences/start.ts";

const WINTER = new Date("2026-12-01T12:00:00Z");
const BERLIN = "Europe/Berlin";

const expressionsOf = (path: string) =>
  vercel.crons.filter((cron) => cron.path.split("?")[0] === path).map(({ schedule }) => schedule);

describe("schedules in words", () => {
  test.each([
    ["/api/events/weekly", "week", BERLIN, "Mondays 00:00", "retried at 01:05, 07:05, 13:05 if needed"],
    ["/api/events/weekly", "week", "UTC", "Mondays 00:05", "retried at 06:05, 12:05 if needed"],
    ["/api/events/weekly", "week", "America/New_York", "Mondays 01:05", "retried at 07:05 if needed"],
    ["/api/events/monthly", "month", BERLIN, "on the 1st, 00:00", "retried at 01:10, 07:10, 13:10 if needed"],
    ["/api/events/monthly", "month", "UTC", "on the 1st, 00:10", "retried at 06:10, 12:10 if needed"],
    ["/api/events/emails/dispatch", undefined, BERLIN, "every 15 minutes", undefined],
    ["/api/events/cleanup", undefined, BERLIN, "every hour at :02", undefined],
    ["/api/events/tracking", undefined, BERLIN, "daily 22:00, 23:00 and 00:00", undefined],
    ["/api/events/slots", undefined, BERLIN, "daily 03:00", "and Sundays 04:00"],
  ] as const)("%s as a job of a %s in %s", (path, period, zone, main, others) => {
    expect(describeSchedule(expressionsOf(path), period, zone, WINTER, "en")).toEqual({ main, others });
  });

  test("in German", () => {
    const german = (path: string, period?: "week" | "month") =>
      describeSchedule(expressionsOf(path), period, BERLIN, WINTER, "de");
    expect(german("/api/events/weekly", "week")).toEqual({
      main: "montags 00:00",
      others: "bei Bedarf noch einmal um 01:05, 07:05, 13:05",
    });
    expect(german("/api/events/slots")).toEqual({ main: "täglich 03:00", others: "und sonntags 04:00" });
  });
});

describe("who or what started an execution", () => {
  const start = (changes: Partial<Start>): Start => ({
    trigger: "manual",
    actor: null,
    attempt: 1,
    dryRun: false,
    parameters: {},
    ...changes,
  });
  const jo = { kind: "operator", name: "Jo Albrecht" };
  test.each([
    [start({ trigger: "cron" }), "cron", "Cron"],
    [start({ trigger: "cron", attempt: 2 }), "retried by cron", "vom Cron wiederholt"],
    [start({ trigger: "continuation", attempt: 2 }), "automatic retry", "automatische Wiederholung"],
    [start({ trigger: "continuation" }), "continued after a time limit", "nach einem Zeitlimit fortgesetzt"],
    [start({ trigger: "catch-up" }), "caught up", "nachgeholt"],
    [start({ trigger: "settlement" }), "late entries", "späte Einträge"],
    [start({ actor: jo, parameters: { force: true } }), "forced by Jo Albrecht", "erzwungen von Jo Albrecht"],
    [start({ actor: jo, dryRun: true }), "by Jo Albrecht", "von Jo Albrecht"],
    [start({ actor: jo }), "started by Jo Albrecht", "gestartet von Jo Albrecht"],
    [
      start({ actor: { kind: "api-token", name: "Reports" } }),
      "started by the token “Reports”",
      "gestartet von dem Token „Reports“",
    ],
    [
      start({ actor: { kind: "command-line", name: "command-line" } }),
      "started from the command line",
      "über die Kommandozeile gestartet",
    ],
    [start({}), "started by hand", "von Hand gestartet"],
  ])("case %#", (given, en, de) => {
    expect([describeStart(given, "en"), describeStart(given, "de")]).toEqual([en, de]);
  });
});

test("periods and instants in words", () => {
  expect(weekLabel("2026-11-29T23:00:00.000Z", BERLIN, "en")).toBe("23 – 29 November");
  expect(weekLabel("2026-11-01T23:00:00.000Z", BERLIN, "en")).toBe("26 October – 1 November");
  expect(weekLabel("2026-11-29T23:00:00.000Z", BERLIN, "de")).toBe("23. – 29. November");
  expect(monthLabel("2026-11-30T23:00:00.000Z", BERLIN, "de")).toBe("November 2026");
  expect(whenLabel("2026-12-01T07:09:00.000Z", WINTER, BERLIN, "en")).toBe("today 08:09");
  expect(whenLabel("2026-11-29T23:05:00.000Z", WINTER, BERLIN, "en")).toBe("yesterday 00:05");
  expect(whenLabel("2026-11-25T09:30:00.000Z", WINTER, BERLIN, "en")).toBe("Wed 10:30");
  expect(whenLabel("2026-11-09T09:30:00.000Z", WINTER, BERLIN, "en")).toBe("Mon 9 Nov 10:30");
  expect(whenLabel("2026-11-09T09:30:00.000Z", WINTER, BERLIN, "de")).toBe("Mo, 9. Nov., 10:30");
  expect(momentLabel("2026-11-29T23:00:04.000Z", BERLIN, "en")).toBe("Monday 30 November, 00:00:04");
  expect(momentLabel("2026-11-29T23:00:04.000Z", BERLIN, "de")).toBe("Montag, 30. November, 00:00:04");
});

test("errors in words, by their code", () => {
  expect(describeFault({ code: "53300", message: "too many connections" }, "en").what).toBe(
    "The database refused new connections.",
  );
  expect(describeFault({ code: "08006", message: "…" }, "de").what).toBe(
    "Die Verbindung zur Datenbank ist abgebrochen.",
  );
  expect(describeFault({ code: "ECONNREFUSED", message: "…" }, "en").what).toBe("A server could not be reached.");
  expect(describeFault({ code: "internal", message: "Cannot read x" }, "en").what).toBe("Cannot read x");
});
