import type { Level } from "../../log.ts";
import { withoutSecrets } from "../../scrub.ts";
import { toStorableText } from "../../text.ts";
import type { EXECUTION_OUTCOMES } from "../schema.ts";

/** What an execution tells about itself: the steps it took, and its last log lines. Kept in memory until it ends. */

export type EndedOutcome = Exclude<(typeof EXECUTION_OUTCOMES)[number], "running">;

export interface ExecutionStep {
  /** In kebab-case, such as `evaluate-weeks`. Readers translate it, so it keeps its name. */
  name: string;
  /** When it first began. */
  startedAt: string;
  /** Milliseconds, over all its parts. */
  ms: number;
  /** How many chunks of its work were committed. */
  chunks: number;
  outcome: EndedOutcome;
}

export interface ExecutionLine {
  at: string;
  level: Level;
  event: string;
  fields: Record<string, unknown>;
}

/** Only the last lines are kept: how an execution ended matters most. */
export const MAX_LINES = 200;
/** The most characters of the fields of a line, as JSON. */
export const MAX_LINE_LENGTH = 500;

export class ExecutionRecord {
  readonly #clock: () => number;
  readonly #steps = new Map<string, ExecutionStep>();
  readonly #lines: ExecutionLine[] = [];
  #current: { step: ExecutionStep; since: number } | undefined;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Begins a step, or continues one, and ends the step before. */
  step(name: string): void {
    this.#endStep("completed");
    const since = this.#clock();
    const step = this.#steps.get(name) ?? { name, startedAt: instant(since), ms: 0, chunks: 0, outcome: "completed" };
    this.#steps.set(name, step);
    this.#current = { step, since };
  }

  /** Counts a chunk of the present step. */
  committed(): void {
    if (this.#current !== undefined) this.#current.step.chunks += 1;
  }

  /** Keeps a log line, without secrets and shortened. */
  log(level: Level, event: string, fields: Record<string, unknown> = {}): void {
    this.#lines.push({ at: instant(this.#clock()), level, event, fields: shortened(fields) });
    if (this.#lines.length > MAX_LINES) this.#lines.shift();
  }

  /** Ends the last step. @returns everything that was kept. */
  end(outcome: EndedOutcome): { steps: ExecutionStep[]; log: ExecutionLine[] } {
    this.#endStep(outcome);
    return { steps: [...this.#steps.values()], log: this.#lines };
  }

  #endStep(outcome: EndedOutcome): void {
    if (this.#current === undefined) return;
    const { step, since } = this.#current;
    step.ms += Math.round(this.#clock() - since);
    step.outcome = outcome;
    this.#current = undefined;
  }
}

const instant = (ms: number): string => new Date(ms).toISOString();

/** The first fields of a line that fit, as JSON. A field that does not fit is cut, and those after it are left out. */
function shortened(fields: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  let room = MAX_LINE_LENGTH;
  for (const [name, value] of Object.entries(fields)) {
    const text = JSON.stringify(value, scrubbed);
    if (text === undefined) continue;
    room -= name.length + 3; // the quotes and the colon
    kept[name] = text.length <= room ? JSON.parse(text) : `${text.slice(0, Math.max(0, room))}…`.toWellFormed();
    room -= text.length;
    if (room <= 0) break;
  }
  return kept;
}

const scrubbed = (_name: string, value: unknown): unknown =>
  typeof value === "string" ? toStorableText(withoutSecrets(value)) : value;
