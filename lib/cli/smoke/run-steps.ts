import { describeError } from "../../errors.ts";
import { Unreachable } from "./deployment.ts";

/** One step of the smoke test: something a user does. */
export interface Step {
  name: string;
  /** The name of another step. Where that one failed, this one is not tried. */
  needs?: string;
  /** @throws an error that says what was expected and what came instead. */
  run(): Promise<void>;
  /** Removes what `run` created, also after `run` failed. */
  undo?(): Promise<void>;
}

export interface Outcome {
  name: string;
  ms: number;
  /** What was expected and what came instead; undefined for success. */
  error: string | undefined;
}

/**
 * Runs steps one after the other, then undoes them in reverse order. A step that fails only prevents the steps that need
 * it. Where the deployment cannot be reached in the first step, the others are not tried.
 * @param clock The running time in milliseconds.
 * @param onOutcome Is called at the end of each step.
 */
export async function runSteps(
  steps: readonly Step[],
  clock: () => number,
  onOutcome: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const started: Step[] = [];
  let isUnreachable = false;
  const attempt = async (name: string, work: () => Promise<void>) => {
    const from = clock();
    const error = await work().then(
      () => undefined,
      (thrown: unknown) => {
        if (outcomes.length === 0 && thrown instanceof Unreachable) isUnreachable = true;
        return describeError(thrown).message;
      },
    );
    const outcome = { name, ms: Math.round(clock() - from), error };
    outcomes.push(outcome);
    onOutcome(outcome);
  };
  const obstacleOf = ({ needs }: Step): string | undefined => {
    if (isUnreachable) return "not tried: the deployment does not answer";
    const failed = outcomes.some(({ name, error }) => name === needs && error !== undefined);
    return failed ? `not tried: it needs "${needs}", which failed` : undefined;
  };
  for (const step of steps) {
    const obstacle = obstacleOf(step);
    if (obstacle === undefined) started.push(step);
    await attempt(step.name, obstacle === undefined ? step.run : () => Promise.reject(new Error(obstacle)));
  }
  for (const { name, undo } of isUnreachable ? [] : started.toReversed()) {
    if (undo !== undefined) await attempt(`${name}: cleaned up`, undo);
  }
  return outcomes;
}
