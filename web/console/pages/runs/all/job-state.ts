import type { Job } from "../../../../client/generated/types.ts";
import type { IconName } from "../../../ui/basics/icon-names.ts";
import type { Tone } from "../../../ui/basics/tone.ts";
import { isBad } from "../execution-words.ts";

export type JobState = "ok" | "failed" | "running" | "paused" | "overdue" | "never";

/** What state a job is in; what needs attention comes first. Pure. */
export function stateOf({ pause, openIncidents, lastExecution }: Job): JobState {
  if (openIncidents.some((key) => key.startsWith("failed:")) || (lastExecution !== null && isBad(lastExecution))) {
    return "failed";
  }
  if (openIncidents.some((key) => key.startsWith("overdue:"))) return "overdue";
  if (pause !== null) return "paused";
  if (lastExecution === null) return "never";
  return lastExecution.outcome === "running" ? "running" : "ok";
}

export const isTroubled = (job: Job): boolean => ["failed", "overdue"].includes(stateOf(job));

export const LOOKS: Readonly<Record<JobState, { tone: Tone; icon: IconName }>> = {
  ok: { tone: "ok", icon: "circle-check" },
  failed: { tone: "bad", icon: "circle-x" },
  running: { tone: "info", icon: "loader" },
  paused: { tone: "warn", icon: "circle-pause" },
  overdue: { tone: "bad", icon: "clock" },
  never: { tone: "neutral", icon: "circle-dashed" },
};
