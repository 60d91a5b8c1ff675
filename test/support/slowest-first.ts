import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Where files take long that are short. */
const SLOW = /\/test\/(races|cli)\/|\/db\/(database|jobs|supervision)\/|\.property\.test\.ts$/;

/**
 * Starts with the files that take long, so that no worker is left with one of them when the others are done. Vitest knows
 * how long each took from the run before only; where there was none it goes by their sizes.
 */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [true, false].flatMap((slow) => sorted.filter(({ moduleId }) => SLOW.test(moduleId) === slow));
  }
}
