import { expect, test } from "vitest";
import { REMEDIES } from "../../../lib/supervision/incident-kinds.ts";
import { describeIncident } from "../../../web/console/pages/incidents/describe-incident.ts";
import { remedyLink } from "../../../web/console/pages/incidents/remedy.ts";

test.each([
  [
    "failed:weekly-events",
    "weekly-events failed",
    { runs: [{ job: "weekly-events", attempt: 2, error: "53300: too many connections" }] },
    "The weekly evaluation failed.",
    "Die Wochenauswertung ist fehlgeschlagen.",
  ],
  [
    "overdue:email-dispatch",
    "email-dispatch is overdue",
    {},
    "The mail dispatch is overdue.",
    "Der Mailversand ist überfällig.",
  ],
  ["stuck-runs", "1 run was stuck", {}, "1 run was stuck.", "1 Lauf ist hängen geblieben."],
  [
    "mail:given-up",
    "1200 mails were given up after retries",
    { lastError: "451 try later" },
    "1,200 mails were given up after all retries.",
    "1.200 Mails sind nach allen Versuchen gescheitert.",
  ],
  [
    "attendance:no-shows",
    "no-show rate of 7 days above 20 %",
    { rate: "25.5 %", missed: "51 of 200 appointments" },
    "Customers missed 25.5% of the appointments of seven days.",
    "In sieben Tagen sind 25,5 % der Termine geplatzt.",
  ],
  ["something:new", "a new kind of fault", {}, "A new kind of fault", "A new kind of fault"],
])("%s in words", (key, title, details, en, de) => {
  expect(describeIncident({ key, title, details }, "en").what).toBe(en);
  expect(describeIncident({ key, title, details }, "de").what).toBe(de);
});

test("an incident that is over is in the past", () => {
  const over = { title: "", details: {}, closedAt: "2026-12-01T08:00:00.000Z" };
  expect(describeIncident({ key: "overdue:email-dispatch", ...over }, "en").what).toBe(
    "The mail dispatch was overdue.",
  );
  expect(describeIncident({ key: "mail:unreachable", ...over }, "de").what).toBe(
    "Der Mailserver war nicht erreichbar.",
  );
});

test("a failed run says why and what helps", () => {
  const details = { runs: [{ error: "53300: too many connections" }] };
  expect(describeIncident({ key: "failed:weekly-events", title: "", details }, "en").more).toBe(
    "The database refused new connections. If it happens again: lower the pool size or raise the database’s connection limit.",
  );
});

test("every remedy but looking at the incident leads somewhere", () => {
  const without = REMEDIES.filter((remedy) => remedyLink(remedy, "weekly-events", "en") === undefined);
  expect(without).toEqual(["see-incident"]);
});
