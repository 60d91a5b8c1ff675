import { describeError } from "../../errors.ts";
import { Unreachable } from "./deployment.ts";

/** One path of a user's, tried out. */
export interface Step {
  name: string;
  /** Another step's name, without which this one makes no sense. */
  needs?: string;
  /** @throws whatever says what was expected and what came. */
  run(): Promise<void>;
  /** Takes back what it has made, also where it failed half-way. */
  undo?(): Promise<void>;
}

export interface Outcome {
  name: string;
  ms: number;
  /** What was expected and what came; undefined where all was well. */
  fault: string | undefined;
}

/**
 * Takes steps one after the other, and takes them back in the other order; one that fails keeps only those from being tried
 * that need it. Where nobody answers the first, nobody is asked any more.
 * @param tell Hears of each step when it is over.
 */
export async function take(
  steps: readonly Step[],
  clock: () => number,
  tell: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const begun: Step[] = [];
  let nobody = false;
  const attempt = async (name: string, work: () => Promise<void>) => {
    const from = clock();
    const fault = await work().then(
      () => undefined,
      (error: unknown) => {
        if (outcomes.length === 0 && error instanceof Unreachable) nobody = true;
        return describeError(error).message;
      },
    );
    const outcome = { name, ms: Math.round(clock() - from), fault };
    outcomes.push(outcome);
    tell(outcome);
  };
  const missing = ({ needs }: Step): string | undefined => {
    if (nobody) return "not tried: nobody answers there";
    const failed = outcomes.find(({ name, fault }) => name === needs && fault !== undefined);
    return failed && `not tried: it needs "${needs}", which failed`;
  };
  for (const step of steps) {
    const why = missing(step);
    if (why === undefined) begun.push(step);
    await attempt(step.name, why === undefined ? step.run : () => Promise.reject(new Error(why)));
  }
  for (const { name, undo } of nobody ? [] : begun.toReversed()) {
    if (undo !== undefined) await attempt(`${name}: cleaned up`, undo);
  }
  return outcomes;
}
