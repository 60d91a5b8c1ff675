import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect } from "vitest";

export const SEED = 20_260_209;

export interface Comparison {
  actual: unknown;
  expected: unknown;
}

/**
 * Checks `count` random cases, in groups of `groupSize` (default: all at once). If a case fails, it runs again alone and
 * is shrunk, so that the report shows the smallest case that fails.
 * @param compare Runs a group of cases; returns one comparison for each.
 */
export async function checkCases<T>(
  cases: fc.Arbitrary<T>,
  count: number,
  compare: (cases: T[]) => Promise<Comparison[]>,
  groupSize = count,
): Promise<void> {
  const alone = fc.asyncProperty(cases, async (value) => {
    const [comparison] = await compare([value]);
    expect(comparison!.actual).toEqual(comparison!.expected);
  });
  const all = fc.sample(alone, { seed: SEED, numRuns: count }).map(([value]) => value);
  const comparisons: Comparison[] = [];
  for (let from = 0; from < count; from += groupSize) {
    comparisons.push(...(await compare(all.slice(from, from + groupSize))));
  }
  expect(comparisons.length).toBe(count);
  const failed = comparisons.findIndex(({ actual, expected }) => !isDeepStrictEqual(actual, expected));
  if (failed === -1) return;
  await fc.assert(alone, { seed: SEED, path: String(failed), numRuns: 1, interruptAfterTimeLimit: 30_000 });
  const message = `fails only together with the other cases: ${JSON.stringify(all[failed])}`;
  expect(comparisons[failed]!.actual, message).toEqual(comparisons[failed]!.expected);
}
