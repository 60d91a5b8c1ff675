import { defineConfig } from "vitest/config";
import { SlowestFirst } from "./test/support/slowest-first.ts";
import base from "./vitest.base.config.ts";

/** Folders of tests that need servers or a build of their own; each has a configuration of its own. */
const ELSEWHERE = "{deploy,browser,redis,debian,hosts}";
/** Tests that change what a process has only one of, or count what it loads. */
const APART = [
  "test/{races,cli,jobs,db,dev,serve,report,scripts}/**/*.test.ts",
  "test/*.test.ts",
  // Databases that go away, and callers whose requests were counted.
  "test/http/{body-order,database-away,health-database,rate-limit,security-outward,security-tokens,wrong-tokens}.test.ts",
];

// Only the setup of the whole run starts servers: the projects are given their addresses.
const { globalSetup, ...test } = base.test ?? {};

/** `npm test`: loading the modules takes a short file longer than its tests, so most files share a process one after another. */
export default defineConfig({
  ...base,
  test: {
    ...test,
    ...(globalSetup && { globalSetup }),
    sequence: { sequencer: SlowestFirst },
    projects: [
      { ...base, test: { ...test, name: "apart", include: APART } },
      {
        ...base,
        test: {
          ...test,
          name: "together",
          isolate: false,
          include: ["test/**/*.test.ts"],
          exclude: [...APART, `test/${ELSEWHERE}/**`],
        },
      },
    ],
  },
});
