import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect } from "vitest";

export const SEED = 20_260_209;

export interface Verdict {
  actual: unknown;
  expected: unknown;
}

/**
 * Judges `count` random cases, `together` of them (all, unless it is said) in one go. Where one fails, it is run again
 * alone and shrunk, so that the report shows the smallest case that fails.
 */
export async function judge<T>(
  cases: fc.Arbitrary<T>,
  count: number,
  run: (cases: T[]) => Promise<Verdict[]>,
  together = count,
): Promise<void> {
  const alone = fc.asyncProperty(cases, async (one) => {
    const [verdict] = await run([one]);
    expect(verdict!.actual).toEqual(verdict!.expected);
  });
  const all = fc.sample(alone, { seed: SEED, numRuns: count }).map(([one]) => one);
  const verdicts: Verdict[] = [];
  for (let from = 0; from < count; from += together) verdicts.push(...(await run(all.slice(from, from + together))));
  expect(verdicts.length).toBe(count);
  const failed = verdicts.findIndex(({ actual, expected }) => !isDeepStrictEqual(actual, expected));
  if (failed === -1) return;
  await fc.assert(alone, { seed: SEED, path: String(failed), numRuns: 1, interruptAfterTimeLimit: 30_000 });
  const message = `fails in company only: ${JSON.stringify(all[failed])}`;
  expect(verdicts[failed]!.actual, message).toEqual(verdicts[failed]!.expected);
}
