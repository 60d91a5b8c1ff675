import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { StatementReport } from "./test/support/database/statement-report.ts";
import base from "./vitest.base.config.ts";

/** Of each area the files that between them run all of its statements, the quick ones where there is a choice. */
const SELECTION = {
  "test/db/admin": "admin-emails admin-runs monitoring executions overview pauses-and-incidents run-job search",
  "test/db/analytics": "admin-site-dashboard dashboard time-series pipeline partitions sites privacy",
  "test/db/attendance":
    "tracking-endpoint tracking-heatmap conditions import get-attendance metrics-groups reclassify tracking-days report-run list-appointments list-customers daily-metrics",
  "test/db/booking/bookings": "booking booking-retention booking-mails cancel hold reschedule admin-booking",
  "test/db/booking/catalog": "public-catalog catalog-setup catalog-effects",
  "test/db/booking/slots":
    "admin-slot-calendar free-slots maintenance-endpoint maintenance-taken managed-slots metrics",
  "test/db/database": "build-migration server-facts",
  "test/db/health": "health",
  "test/db/http": "audit",
  "test/db/jobs": "executions jobs-endpoint-cleanup",
  "test/db/mail": "unsubscribe mail-retry queue dispatch-queue dispatch-retention scheduled",
  "test/db/operators": "invitations sessions sign-in",
  "test/db/privacy": "export",
  "test/db/sport":
    "users workouts results rankings friendships exercises members overview weekly monthly named-club monthly-settlement",
  "test/db/supervision": "alerts cleanup missed pauses resume supervise-faults",
  "test/debian": "command-line compiled pooling statements",
  "test/outages": "outage-alert",
  "test/unit/mail": "outcome",
};

const FILES = Object.entries(SELECTION).flatMap(([folder, files]) =>
  files.split(" ").map((file) => `${folder}/${file}.test.ts`),
);
const missing = FILES.filter((file) => !existsSync(file));
if (missing.length > 0) throw new Error(`expected test files, got none at ${missing.join(", ")}`);

/**
 * A selection that runs every SQL statement of lib/ at least once on Debian's `postgresql` as installed: an older version
 * than the embedded one, with JIT on, by a role that is no superuser. A statement that did not run fails the run.
 */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: FILES,
    exclude: [],
    globalSetup: ["test/servers/debian-server.ts"],
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
