import { styleText } from "node:util";
import { currentIds } from "./trace.ts";

export type Level = "info" | "warn" | "error";

/** `LOG_LEVEL` and `LOG_FORMAT`. */
export interface LogSettings {
  /** The lowest level that is written; `off` writes nothing. */
  level: Level | "off";
  /** `json`: one object in a line, for log drains. `pretty`: one line for people. */
  format: "json" | "pretty";
}

const LEVELS: readonly (Level | "off")[] = ["info", "warn", "error", "off"];

let settings: LogSettings = { level: "info", format: "json" };

/** Sets which lines are written and how. The configuration calls it; until then all lines are written as JSON. */
export function setLogging(next: LogSettings): void {
  settings = next;
}

/**
 * Writes one line for an event: to standard error for errors, else to standard output. The line carries the ids of the
 * current work: `requestId`, and within a run of a job `runId` and `job`.
 * Callers pass no secrets, and no personal data except ids.
 */
export function log(level: Level, event: string, fields: Record<string, unknown> = {}): void {
  if (LEVELS.indexOf(level) < LEVELS.indexOf(settings.level)) return;
  const all = { ...currentIds(), ...fields };
  sink(level, settings.format === "json" ? JSON.stringify({ level, event, ...all }) : prettyLine(level, event, all));
}

const COLOURS = { info: "cyan", warn: "yellow", error: "red" } as const;

function prettyLine(level: Level, event: string, fields: Record<string, unknown>): string {
  const shown = Object.entries(fields).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return [`${name}=${typeof value === "string" && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value)}`];
  });
  return [styleText(COLOURS[level], level.padEnd(5)), event, ...shown].join(" ");
}

let sink = (level: Level, line: string): void => {
  (level === "error" ? process.stderr : process.stdout).write(`${line}\n`);
};

/** Sends log lines elsewhere: the command line keeps them off standard output, and tests read them. */
export function redirectLog(to: (level: Level, line: string) => void): void {
  sink = to;
}
