import { defineConfig } from "vitest/config";
import { SlowestFirst } from "./test/support/slowest-first.ts";
import base from "./vitest.base.config.ts";

const POSTGRES = "test/servers/postgres.ts";
const CHILDREN = "test/support/children/bundled-children.ts";

/** Files that change what a process has only one of, or count what it loads; each gets a process of its own. */
const APART = [
  "test/db/{database,jobs,supervision,dev,server,telemetry}/**/*.test.ts",
  "test/db/http/{body-order,rate-limit,security-outward,security-tokens,wrong-tokens}.test.ts",
];

/** Files of `unit` and `db` whose properties run at full length in the slow tests (test/support/thorough.ts). */
const THOROUGH = [
  "test/{unit,db}/**/*.property.test.ts",
  "test/unit/{booking/invitation,mail/compose,mail/outcome,analytics/clock,sport/points}.test.ts",
];

const project = (name: string, test: object) => ({ ...base, test: { ...base.test, name, ...test } });

/**
 * The projects of tests. `npm test` runs `unit` (no set-up at all) and `db` (one Postgres for the run), `npm run test:slow`
 * the long ones, `npm run test:all` everything as CI does. Loading modules takes a short file longer than its tests, so that most files share a process.
 */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    sequence: { sequencer: SlowestFirst },
    projects: [
      project("unit", { include: ["test/unit/**/*.test.ts"], isolate: false }),
      project("db", { include: ["test/db/**/*.test.ts"], exclude: APART, isolate: false, globalSetup: [POSTGRES] }),
      project("db-apart", { include: APART, globalSetup: [POSTGRES] }),
      project("slow", {
        include: ["test/{races,timelines,outages,hostile,cli}/**/*.test.ts"],
        globalSetup: [POSTGRES, CHILDREN],
      }),
      project("thorough", { include: THOROUGH, env: { TEST_THOROUGHLY: "1" }, globalSetup: [POSTGRES] }),
      // The ones below need more than npm installs: the platform's build, or Debian's servers and browser.
      project("deploy", { include: ["test/deploy/**/*.test.ts"], globalSetup: [POSTGRES, CHILDREN] }),
      project("hosts", { include: ["test/hosts/**/*.test.ts"], globalSetup: [POSTGRES, CHILDREN] }),
      project("redis", { include: ["test/redis/**/*.test.ts"], globalSetup: [POSTGRES] }),
      project("browser", { include: ["test/browser/**/*.test.ts"] }),
    ],
  },
});
