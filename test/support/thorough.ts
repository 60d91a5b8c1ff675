/**
 * Whether property tests run at full length. `npm test` runs a sample of each; the slow tests run the same files again
 * with this set (vitest.config.ts).
 */
export const THOROUGH = process.env.TEST_THOROUGHLY === "1";

/** The number of runs of a pure property: all of them in the slow tests, else a tenth, but never below 100. */
export const runs = (all: number): number => (THOROUGH ? all : Math.min(all, Math.max(100, Math.round(all / 10))));

/** The number of runs of a property that uses the database: all of them in the slow tests, else a quarter. */
export const databaseRuns = (all: number): number => (THOROUGH ? all : Math.ceil(all / 4));
