import type { NightlyJob } from "../../../client/generated/types.ts";
import type { Tone } from "../../ui/basics/tone.ts";
import { describeRun } from "../runs/sentences/describe-run.ts";
import { type Command, isCommand, jobWords } from "../runs/sentences/jobs.ts";
import type { Language } from "../runs/sentences/language.ts";
import type { OverviewWords } from "./words.ts";

/** What a job did last night, in words. */
export interface NightRow {
  command: string;
  name: string;
  tone: Tone;
  text: string;
}

/** Jobs that run many times a night: what they did is the sum of their runs. What the others did is in the newest run. */
const FREQUENT: ReadonlySet<Command> = new Set(["dispatch", "cleanup", "site"]);
/** Counts that are a state and not an amount: the newest stands for all. */
const STATES = ["remaining", "pending", "waiting"];
/** At most so many sentences of a job; its page has all. */
const SENTENCES = 2;

/** Pure. */
export function describeNight(
  job: NightlyJob,
  { night }: OverviewWords,
  language: Language,
  number: (value: number) => string,
): NightRow {
  const { command, jobName, executions, failed, missed, lastOutcome } = job;
  const known = isCommand(command);
  const did = known ? sentencesOf(command, job, language) : [];
  const parts = [
    ...(missed > 0 ? [night.missed(number(missed))] : []),
    ...(failed > 0 ? [executions === 1 ? night.failedOnce : night.failed(number(failed), number(executions))] : []),
    ...did.map(({ text }) => text).slice(0, SENTENCES),
  ];
  const fallback = lastOutcome === "running" || lastOutcome === "partial" ? night.running : night.nothing;
  const isDown = missed > 0 || lastOutcome === "failed" || lastOutcome === "lost";
  const warns = did.some(({ icon }) => icon === "triangle-alert");
  return {
    command,
    name: known ? jobWords(command, language).name : jobName,
    tone: isDown ? "bad" : warns || failed > 0 ? "warn" : "ok",
    text: parts.length === 0 ? fallback : parts.join(" "),
  };
}

function sentencesOf(command: Command, { lastCounts, totals }: NightlyJob, language: Language) {
  const counts = FREQUENT.has(command) ? sumsOf(lastCounts ?? {}, totals) : lastCounts;
  return counts === null ? [] : describeRun(command, { counts, dryRun: false }, language);
}

function sumsOf(last: Record<string, unknown>, totals: Record<string, number>): Record<string, unknown> {
  const states = STATES.flatMap((name) => (name in last ? [[name, last[name]]] : []));
  return { ...last, ...totals, ...Object.fromEntries(states) };
}
