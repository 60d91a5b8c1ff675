import type { Execution } from "../../../client/generated/types.ts";
import type { IconName } from "../../ui/basics/icon-names.ts";
import type { Tone } from "../../ui/basics/tone.ts";
import type { Format } from "../../ui/format.ts";
import type { Language } from "../../ui/locale.tsx";
import { summarizeRun } from "./sentences/describe-run.ts";
import { isCommand } from "./sentences/jobs.ts";
import { monthLabel, weekLabel, whenLabel } from "./sentences/period.ts";
import { describeStart } from "./sentences/start.ts";
import { type RunsWords, words } from "./words.ts";

/** What lists and titles say about executions. */

export interface Reader {
  language: Language;
  zone: string;
  format: Format;
}

/** The period that an execution is about, in words; undefined for jobs without periods. */
export function periodOf({ command, scheduledFor }: Execution, { language, zone }: Reader): string | undefined {
  if (scheduledFor === null) return undefined;
  if (command === "weekly") return weekLabel(scheduledFor, zone, language);
  if (command === "monthly") return monthLabel(scheduledFor, zone, language);
  return undefined;
}

/** The title of an execution in a list: its period, or what it did. */
export function titleOf(execution: Execution, reader: Reader): string {
  const w = words[reader.language];
  const period = periodOf(execution, reader);
  if (period !== undefined) return execution.dryRun ? w.dryRunFor(period) : period;
  const { command, counts, dryRun, outcome } = execution;
  if (counts !== null && isCommand(command)) {
    const summary = summarizeRun(command, { counts, dryRun }, reader.language);
    if (summary !== "") return summary;
  }
  return dryRun ? w.dryRun : `${w.outcomes[outcome]}.`;
}

/** When it started, and by whom: "Mon 00:05 · automatic retry". */
export function noteOf(execution: Execution, reader: Reader, now: Date): string {
  const w = words[reader.language];
  const parts = [
    whenLabel(execution.startedAt, now, reader.zone, reader.language),
    describeStart(execution, reader.language),
  ];
  if (execution.dryRun) parts.push(w.nothingWritten);
  return parts.join(" · ");
}

interface Look {
  tone: Tone;
  icon: IconName;
  word: string;
}

/** The state of an execution, as icon, colour and word. */
export function lookOf({ outcome, dryRun }: Pick<Execution, "outcome" | "dryRun">, w: RunsWords): Look {
  const word = w.outcomes[outcome];
  if (outcome === "failed" || outcome === "lost") return { tone: "bad", icon: "circle-x", word };
  if (outcome === "running") return { tone: "info", icon: "loader", word };
  if (outcome === "partial") return { tone: "warn", icon: "hourglass", word };
  return dryRun ? { tone: "neutral", icon: "eye", word: w.dryRun } : { tone: "ok", icon: "circle-check", word };
}

export const isBad = ({ outcome }: Pick<Execution, "outcome">): boolean => outcome === "failed" || outcome === "lost";
