import { defineConfig } from "vitest/config";
import { StatementReport } from "./test/support/statement-report.ts";
import base from "./vitest.base.config.ts";

/** Of each area the files that between them run all of its statements, the quick ones where there is a choice. */
const SELECTION = {
  debian: ["command-line", "compiled", "pooling", "statements"],
  db: ["build-migration", "server-facts"],
  http:
    "users workouts reading rankings friendships-exercises unsubscribe admin-emails admin-runs " +
    "admin-site-dashboard admin-slot-calendar admin-sport-overview monitoring mail-retry health " +
    "tracking-endpoint tracking-heatmap jobs-endpoint-cleanup",
  sport: ["weekly", "monthly", "named-club", "monthly-settlement"],
  site: "dashboard series pipeline partitions sites privacy",
  slots:
    "booking booking-retention booking-mails cancel catalogue free-slots hold maintenance-endpoint maintenance-taken metrics " +
    "reschedule setup admin-booking setup-effects",
  calendar:
    "conditions import metrics-route metrics-groups reclassify tracking-days report-run appointments-route customers-route " +
    "figures",
  mail: "queue dispatch-queue dispatch-retention scheduled settle",
  jobs: "alerts cleanup missed outage resume supervise-faults",
  privacy: ["export"],
};

/**
 * A selection that runs every SQL statement of lib/ at least once on Debian's `postgresql` as installed: an older version
 * than the embedded one, with JIT on, by a role that is no superuser. A statement that did not run fails the run.
 */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: Object.entries(SELECTION).flatMap(([area, files]) =>
      (typeof files === "string" ? files.split(" ") : files).map((file) => `test/${area}/${file}.test.ts`),
    ),
    exclude: [],
    globalSetup: ["test/support/debian-server.ts"],
    // The same tests on the embedded database prove nothing here.
    testNamePattern: /^(?!.* on PGlite\b)(?!.*the embedded database)/,
    isolate: false,
    reporters: ["default", new StatementReport()],
    coverage: {
      enabled: true,
      provider: "v8",
      include: ["lib/**/*.ts"],
      reporter: [],
      reportsDirectory: "node_modules/.cache/debian-coverage",
    },
  },
});
