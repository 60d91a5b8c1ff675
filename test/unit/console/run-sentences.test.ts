import { describe, expect, test } from "vitest";
import { JOBS } from "../../../lib/app/registry.ts";
import { describeRun } from "../../../web/console/pages/runs/sentences/describe-run.ts";
import { COMMANDS, type Command, commandOf } from "../../../web/console/pages/runs/sentences/jobs.ts";

/** A case: what ran, and what both languages say about it. */
interface Case {
  job: Command;
  counts: Record<string, unknown>;
  dryRun?: boolean;
  en: string[];
  de: string[];
}

const CASES: Record<string, Case> = {
  "a week": {
    job: "weekly",
    counts: {
      processedUsers: 1284,
      trained: 741,
      newResults: 1284,
      changedResults: 0,
      pointsGoalMet: 402,
      challengeMet: 58,
      badges: 97,
      awards: 213,
      emails: { queued: 612, skipped: 129, failed: 0 },
    },
    en: [
      "Evaluated 1,284 members, 741 of whom trained.",
      "402 reached their points goal, 58 the challenge.",
      "Awarded 97 badges and 213 medals among friends.",
      "Queued 612 summary mails; 129 members get none.",
    ],
    de: [
      "1.284 Mitglieder ausgewertet, 741 davon haben trainiert.",
      "402 haben das Punkteziel erreicht, 58 die Challenge.",
      "97 Abzeichen und 213 Medaillen unter Freunden vergeben.",
      "612 Mails eingeplant; 129 Mitglieder bekommen keine.",
    ],
  },
  "a week with one of each": {
    job: "weekly",
    counts: {
      processedUsers: 2,
      trained: 1,
      pointsGoalMet: 1,
      challengeMet: 0,
      badges: 1,
      awards: 0,
      emails: { queued: 1, skipped: 1, failed: 1 },
    },
    en: [
      "Evaluated 2 members, 1 of whom trained.",
      "1 reached their points goal, none the challenge.",
      "Awarded 1 badge.",
      "Queued 1 summary mail; 1 member gets none.",
      "1 summary mail could not be written.",
    ],
    de: [
      "2 Mitglieder ausgewertet, 1 davon hat trainiert.",
      "1 hat das Punkteziel erreicht, die Challenge hat keines geschafft.",
      "1 Abzeichen vergeben.",
      "1 Mail eingeplant; 1 Mitglied bekommt keine.",
      "1 Mail konnte nicht geschrieben werden.",
    ],
  },
  "a week in which the only member rested": {
    job: "weekly",
    counts: { processedUsers: 1, trained: 0, pointsGoalMet: 0, challengeMet: 0, badges: 0, awards: 0, emails: {} },
    en: [
      "Evaluated 1 member, who did not train.",
      "No member reached the points goal or the challenge.",
      "No badges and no medals were earned.",
      "No summary mails were due.",
    ],
    de: [
      "1 Mitglied ausgewertet, es hat nicht trainiert.",
      "Kein Mitglied hat das Punkteziel oder die Challenge geschafft.",
      "Es gab keine Abzeichen und keine Medaillen.",
      "Es waren keine Mails fällig.",
    ],
  },
  "a dry run of a week after late entries": {
    job: "weekly",
    dryRun: true,
    counts: { processedUsers: 9, trained: 9, newResults: 0, changedResults: 3, badges: 0, awards: 1, emails: {} },
    en: [
      "Evaluated 9 members, all of whom trained.",
      "3 members would get a different result.",
      "Would award 1 medal among friends.",
      "No summary mails were due.",
    ],
    de: [
      "9 Mitglieder ausgewertet, alle haben trainiert.",
      "3 Mitglieder bekämen ein anderes Ergebnis.",
      "Würde 1 Medaille unter Freunden vergeben.",
      "Es waren keine Mails fällig.",
    ],
  },
  "a week that was forced without need": {
    job: "weekly",
    counts: {
      processedUsers: 9,
      trained: 0,
      newResults: 0,
      changedResults: 0,
      badges: 0,
      awards: 0,
      emails: { queued: 0, skipped: 9, failed: 0 },
    },
    en: [
      "Evaluated 9 members, none of whom trained.",
      "No result changed.",
      "No badges and no medals were earned.",
      "No summary mails were queued; 9 members get none.",
    ],
    de: [
      "9 Mitglieder ausgewertet, keines davon hat trainiert.",
      "Kein Ergebnis hat sich geändert.",
      "Es gab keine Abzeichen und keine Medaillen.",
      "Keine Mail eingeplant; 9 Mitglieder bekommen keine.",
    ],
  },
  "a club without members": {
    job: "monthly",
    counts: { processedUsers: 0, trained: 0, challengeMet: 0, badges: 0, awards: 0, emails: {} },
    en: ["There are no active members to evaluate."],
    de: ["Es gibt keine aktiven Mitglieder."],
  },
  "a dry run of a month that an older release counted": {
    job: "monthly",
    dryRun: true,
    counts: { processedUsers: 30, badges: 2, awards: 5, emails: { queued: 30, skipped: 0, failed: 0 } },
    en: ["Evaluated 30 members.", "Would award 2 badges and 5 awards.", "Would queue 30 summary mails."],
    de: ["30 Mitglieder ausgewertet.", "Würde 2 Abzeichen und 5 Auszeichnungen vergeben.", "Würde 30 Mails einplanen."],
  },
  "an empty queue": {
    job: "dispatch",
    counts: { processed: 0, retrying: 0, failed: 0, skipped: 0, remaining: 0 },
    en: ["No mail was due."],
    de: ["Es war keine Mail fällig."],
  },
  "a dispatch with all outcomes": {
    job: "dispatch",
    counts: { processed: 1, retrying: 2, failed: 1, skipped: 3, remaining: 1200 },
    en: [
      "1 mail was delivered.",
      "2 mails will be tried again.",
      "1 mail failed for good.",
      "3 mails were dropped: the recipient wants none or has no address.",
      "1,200 mails are still waiting.",
    ],
    de: [
      "1 Mail zugestellt.",
      "2 Mails werden noch einmal versucht.",
      "1 Mail ist endgültig gescheitert.",
      "3 Mails verworfen: Der Empfänger möchte keine oder hat keine Adresse.",
      "1.200 Mails warten noch.",
    ],
  },
  "an unreachable mail server": {
    job: "dispatch",
    counts: { processed: 0, retrying: 0, failed: 0, skipped: 0, remaining: 1, unreachable: "connect ECONNREFUSED" },
    en: ["The mail server could not be reached.", "1 mail is still waiting."],
    de: ["Der Mailserver war nicht erreichbar.", "1 Mail wartet noch."],
  },
  "slots that change": {
    job: "slots",
    counts: { services: 4, added: 12, changed: 1, removed: 3, expired: 9, kept: 1200, conflicts: 1, capped: 2 },
    en: [
      "Added 12 slots, changed 1 and removed 3.",
      "Checked 4 services; 1,200 slots stay as they were.",
      "1 booked slot no longer fits the plan. Move or cancel the bookings.",
      "2 slots were left out: a service has reached its limit.",
    ],
    de: [
      "12 Slots angelegt, 1 geändert und 3 entfernt.",
      "4 Leistungen geprüft; 1.200 Slots bleiben unverändert.",
      "1 gebuchter Slot passt nicht mehr zum Plan. Verschiebe die Termine oder sag sie ab.",
      "2 Slots wurden ausgelassen: Eine Leistung hat ihre Obergrenze erreicht.",
    ],
  },
  "a dry run of slots": {
    job: "slots",
    dryRun: true,
    counts: { services: 1, added: 0, changed: 0, removed: 1, expired: 0, kept: 1, conflicts: 0, capped: 0 },
    en: ["Would remove 1 slot.", "Checked 1 service; 1 slot stays as it was."],
    de: ["Würde 1 Slot entfernen.", "1 Leistung geprüft; 1 Slot bleibt unverändert."],
  },
  "calendars with news": {
    job: "tracking",
    counts: {
      daysRead: 14,
      daysSkipped: 0,
      daysOutOfReach: 1,
      appointments: 210,
      added: 12,
      changed: 3,
      gone: 1,
      uncertain: 8,
      reclassified: 0,
      report: "queued",
    },
    en: [
      "Read 14 days with 210 appointments.",
      "Appointments: 12 new, 3 changed and 1 no longer in the calendar.",
      "8 appointments have no clear outcome. Judge them under Attendance.",
      "1 earlier day is not final. Run the sync for it by hand.",
      "Queued the weekly report.",
    ],
    de: [
      "14 Tage mit 210 Terminen gelesen.",
      "Termine: 12 neu, 3 geändert und 1 nicht mehr im Kalender.",
      "8 Termine haben kein eindeutiges Ergebnis. Beurteile sie unter Anwesenheit.",
      "1 früherer Tag ist noch nicht endgültig. Starte den Abgleich dafür von Hand.",
      "Den Wochenbericht eingeplant.",
    ],
  },
  "no calendar": {
    job: "tracking",
    counts: { disabled: true },
    en: ["No calendar is connected. Set GOOGLE_CALENDAR_IDS and GOOGLE_CREDS_BASE64."],
    de: ["Es ist kein Kalender verbunden. Setze GOOGLE_CALENDAR_IDS und GOOGLE_CREDS_BASE64."],
  },
  "a clean-up": {
    job: "cleanup",
    counts: { cleaned: 1, mailsDeleted: 1, bookingsForgotten: 12, somethingNew: 2, durationMs: 12 },
    en: [
      "1 stuck run was marked as failed.",
      "1 old mail was deleted.",
      "12 past bookings were made anonymous.",
      "2 other old entries were deleted.",
    ],
    de: [
      "1 hängender Lauf als fehlgeschlagen markiert.",
      "1 alte Mail gelöscht.",
      "12 vergangene Buchungen anonymisiert.",
      "2 weitere alte Einträge gelöscht.",
    ],
  },
  "a clean-up without work": {
    job: "cleanup",
    counts: { cleaned: 0, mailsDeleted: 0 },
    en: ["There was nothing to clean up."],
    de: ["Es gab nichts aufzuräumen."],
  },
  "site events": {
    job: "site",
    counts: { staged: 1205, processed: 1204, deadLetters: 1, replayed: 2 },
    en: [
      "Processed 1,204 site events.",
      "2 events that had been refused were tried again.",
      "1 event was refused. See Site for the reasons.",
    ],
    de: [
      "1.204 Website-Ereignisse verarbeitet.",
      "2 abgelehnte Ereignisse noch einmal versucht.",
      "1 Ereignis abgelehnt. Die Gründe stehen unter Website.",
    ],
  },
  "no site events": {
    job: "site",
    counts: { staged: 0, processed: 0, deadLetters: 0, replayed: 0 },
    en: ["No site events were waiting."],
    de: ["Es warteten keine Website-Ereignisse."],
  },
};

describe("sentences about runs", () => {
  test.each(Object.entries(CASES))("%s", (_name, { job, counts, dryRun = false, en, de }) => {
    const facts = { counts, dryRun };
    expect(describeRun(job, facts, "en").map(({ text }) => text)).toEqual(en);
    expect(describeRun(job, facts, "de").map(({ text }) => text)).toEqual(de);
  });

  test("exist for every job, by its command and by its name", () => {
    expect([...COMMANDS].sort()).toEqual(Object.keys(JOBS).sort());
    for (const [command, { name }] of Object.entries(JOBS)) expect(commandOf(name)).toBe(command);
  });
});
