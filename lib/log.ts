import { idsHere } from "./trace.ts";

/**
 * One JSON line an event, on standard output (standard error for errors), which is what log drains read. Each carries the
 * ids of the work it is about: `requestId`, and within a run of a job `runId` and `job`.
 * Callers pass no secret and no personal data but ids.
 */
export type Level = "info" | "warn" | "error";

/** Writes one line: its level, what happened, and the facts. */
export function log(level: Level, event: string, fields: Record<string, unknown> = {}): void {
  sink(level, JSON.stringify({ level, event, ...idsHere(), ...fields }));
}

let sink = (level: Level, line: string): void => {
  (level === "error" ? process.stderr : process.stdout).write(`${line}\n`);
};

/** Sends log lines elsewhere: a terminal that shows progress keeps them apart, tests read them. */
export function redirectLog(to: (level: Level, line: string) => void): void {
  sink = to;
}
