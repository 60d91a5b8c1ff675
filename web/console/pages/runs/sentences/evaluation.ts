import { ENGLISH, GERMAN, type Language, list, sentenceCase } from "./language.ts";
import { countOf, type Describe, knownCount, type RunFacts, type Sentence, sentences } from "./sentence.ts";

/** What the evaluation of a week or a month did. */
export function describeEvaluation(noun: "week" | "month"): Describe {
  return (facts, language) => {
    const users = countOf(facts.counts, "processedUsers");
    const words = WORDS[language];
    if (users === 0) return [{ icon: "users", text: words.noMembers }];
    return sentences(
      { icon: "users", text: words.evaluated(users, knownCount(facts.counts, "trained")) },
      describeChanges(facts, language),
      describeGoals(noun, facts, language),
      describePrizes(noun, facts, language),
      ...describeMails(facts, language),
    );
  };
}

/** Whether results of an earlier evaluation changed; says nothing about a first evaluation. */
function describeChanges({ counts, dryRun }: RunFacts, language: Language): Sentence | undefined {
  const changed = knownCount(counts, "changedResults");
  if (changed === undefined || (changed === 0 && countOf(counts, "newResults") > 0)) return undefined;
  return { icon: "info", text: WORDS[language][dryRun ? "wouldChange" : "changed"](changed) };
}

function describeGoals(noun: "week" | "month", { counts }: RunFacts, language: Language): Sentence | undefined {
  const points = knownCount(counts, "pointsGoalMet");
  const challenge = knownCount(counts, "challengeMet");
  if (challenge === undefined) return undefined;
  const words = WORDS[language];
  const text = points === undefined ? words.challenge(challenge, noun) : words.goals(points, challenge);
  return { icon: "target", text };
}

function describePrizes(noun: "week" | "month", { counts, dryRun }: RunFacts, language: Language): Sentence {
  const words = WORDS[language];
  const badges = countOf(counts, "badges");
  const awards = countOf(counts, "awards");
  if (badges + awards === 0) return { icon: "medal", text: words.noPrizes };
  const parts = [badges > 0 && words.badges(badges), awards > 0 && words.awards(awards, noun)].filter(
    (part) => part !== false,
  );
  return { icon: "medal", text: (dryRun ? words.wouldAward : words.awarded)(list(parts, language)) };
}

function describeMails({ counts, dryRun }: RunFacts, language: Language): Sentence[] {
  const words = WORDS[language];
  const emails = typeof counts.emails === "object" && counts.emails !== null ? { ...counts.emails } : {};
  const queued = countOf(emails, "queued");
  const skipped = countOf(emails, "skipped");
  const failed = countOf(emails, "failed");
  if (queued + skipped + failed === 0) return [{ icon: "mail", text: words.noMails }];
  return sentences(
    { icon: "mail", text: (dryRun ? words.wouldQueue : words.queued)(queued, skipped) },
    failed > 0 && { icon: "triangle-alert", text: words.mailsFailed(failed) },
  );
}

const en = {
  noMembers: "There are no active members to evaluate.",
  evaluated: (users: number, trained: number | undefined): string => {
    const members = ENGLISH.count(users, "member", "members");
    if (trained === undefined) return `Evaluated ${members}.`;
    if (users === 1) return `Evaluated 1 member, who ${trained === 1 ? "trained" : "did not train"}.`;
    if (trained === 0) return `Evaluated ${members}, none of whom trained.`;
    if (trained === users) return `Evaluated ${members}, all of whom trained.`;
    return `Evaluated ${members}, ${ENGLISH.number(trained)} of whom trained.`;
  },
  changed: (count: number): string =>
    count === 0 ? "No result changed." : `${ENGLISH.count(count, "result", "results")} changed.`,
  wouldChange: (count: number): string =>
    count === 0
      ? "No result would change."
      : `${ENGLISH.count(count, "member", "members")} would get a different result.`,
  goals: (points: number, challenge: number): string => {
    if (points + challenge === 0) return "No member reached the points goal or the challenge.";
    if (challenge === 0) return `${ENGLISH.number(points)} reached their points goal, none the challenge.`;
    return `${ENGLISH.number(points)} reached their points goal, ${ENGLISH.number(challenge)} the challenge.`;
  },
  challenge: (reached: number, noun: "week" | "month"): string =>
    reached === 0
      ? `No member reached the challenge of the ${noun}.`
      : `${ENGLISH.count(reached, "member", "members")} reached the challenge of the ${noun}.`,
  noPrizes: "No badges and no medals were earned.",
  badges: (count: number): string => ENGLISH.count(count, "badge", "badges"),
  awards: (count: number, noun: "week" | "month"): string =>
    noun === "week"
      ? `${ENGLISH.count(count, "medal", "medals")} among friends`
      : ENGLISH.count(count, "award", "awards"),
  awarded: (prizes: string): string => `Awarded ${prizes}.`,
  wouldAward: (prizes: string): string => `Would award ${prizes}.`,
  noMails: "No summary mails were due.",
  queued: (queued: number, skipped: number): string =>
    queued === 0
      ? `No summary mails were queued${skippedMails(skipped)}.`
      : `Queued ${ENGLISH.count(queued, "summary mail", "summary mails")}${skippedMails(skipped)}.`,
  wouldQueue: (queued: number, skipped: number): string =>
    queued === 0
      ? `No summary mails would be queued${skippedMails(skipped)}.`
      : `Would queue ${ENGLISH.count(queued, "summary mail", "summary mails")}${skippedMails(skipped)}.`,
  mailsFailed: (count: number): string =>
    `${ENGLISH.count(count, "summary mail", "summary mails")} could not be written.`,
};

const skippedMails = (skipped: number): string =>
  skipped === 0 ? "" : `; ${ENGLISH.count(skipped, "member gets", "members get")} none`;

const de: typeof en = {
  noMembers: "Es gibt keine aktiven Mitglieder.",
  evaluated: (users, trained) => {
    const members = GERMAN.count(users, "Mitglied", "Mitglieder");
    if (trained === undefined) return `${members} ausgewertet.`;
    if (users === 1) return `1 Mitglied ausgewertet, es hat ${trained === 1 ? "trainiert" : "nicht trainiert"}.`;
    if (trained === 0) return `${members} ausgewertet, keines davon hat trainiert.`;
    if (trained === users) return `${members} ausgewertet, alle haben trainiert.`;
    return `${members} ausgewertet, ${GERMAN.number(trained)} davon ${trained === 1 ? "hat" : "haben"} trainiert.`;
  },
  changed: (count) =>
    count === 0
      ? "Kein Ergebnis hat sich geändert."
      : `${GERMAN.count(count, "Ergebnis hat", "Ergebnisse haben")} sich geändert.`,
  wouldChange: (count) =>
    count === 0
      ? "Kein Ergebnis würde sich ändern."
      : `${GERMAN.count(count, "Mitglied bekäme", "Mitglieder bekämen")} ein anderes Ergebnis.`,
  goals: (points, challenge) => {
    if (points + challenge === 0) return "Kein Mitglied hat das Punkteziel oder die Challenge geschafft.";
    const verb = points === 1 ? "hat" : "haben";
    const others = challenge === 0 ? "die Challenge hat keines geschafft" : `${GERMAN.number(challenge)} die Challenge`;
    return `${GERMAN.number(points)} ${verb} das Punkteziel erreicht, ${others}.`;
  },
  challenge: (reached, noun) => {
    const challenge = noun === "week" ? "Wochenchallenge" : "Monatschallenge";
    if (reached === 0) return `Kein Mitglied hat die ${challenge} geschafft.`;
    return `${GERMAN.count(reached, "Mitglied hat", "Mitglieder haben")} die ${challenge} geschafft.`;
  },
  noPrizes: "Es gab keine Abzeichen und keine Medaillen.",
  badges: (count) => GERMAN.count(count, "Abzeichen", "Abzeichen"),
  awards: (count, noun) =>
    noun === "week"
      ? `${GERMAN.count(count, "Medaille", "Medaillen")} unter Freunden`
      : GERMAN.count(count, "Auszeichnung", "Auszeichnungen"),
  awarded: (prizes) => `${prizes} vergeben.`,
  wouldAward: (prizes) => `Würde ${prizes} vergeben.`,
  noMails: "Es waren keine Mails fällig.",
  queued: (queued, skipped) => `${sentenceCase(summaryMails(queued))} eingeplant${withoutMail(skipped)}.`,
  wouldQueue: (queued, skipped) => `Würde ${summaryMails(queued)} einplanen${withoutMail(skipped)}.`,
  mailsFailed: (count) => `${GERMAN.count(count, "Mail konnte", "Mails konnten")} nicht geschrieben werden.`,
};

const summaryMails = (count: number): string => (count === 0 ? "keine Mail" : GERMAN.count(count, "Mail", "Mails"));

const withoutMail = (skipped: number): string =>
  skipped === 0 ? "" : `; ${GERMAN.count(skipped, "Mitglied bekommt", "Mitglieder bekommen")} keine`;

const WORDS = { en, de };
