import { describeCleanup } from "./cleanup.ts";
import { describeEvaluation } from "./evaluation.ts";
import type { Command } from "./jobs.ts";
import type { Language } from "./language.ts";
import { describeDispatch } from "./mail.ts";
import type { Describe, RunFacts, Sentence } from "./sentence.ts";
import { describeSite } from "./site.ts";
import { describeSlots } from "./slots.ts";
import { describeTracking } from "./tracking.ts";

const BY_JOB: Record<Command, Describe> = {
  weekly: describeEvaluation("week"),
  monthly: describeEvaluation("month"),
  dispatch: describeDispatch,
  cleanup: describeCleanup,
  slots: describeSlots,
  tracking: describeTracking,
  site: describeSite,
};

/** Says what a run of a job did, the most important first. */
export function describeRun(command: Command, facts: RunFacts, language: Language): Sentence[] {
  return BY_JOB[command](facts, language);
}

/** The first of those sentences, for lists. */
export function summarizeRun(command: Command, facts: RunFacts, language: Language): string {
  return describeRun(command, facts, language)[0]?.text ?? "";
}
