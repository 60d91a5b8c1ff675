import { defineConfig } from "vitest/config";

/** What all runs of tests have in common. */
export default defineConfig({
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source"] } },
  test: {
    globalSetup: ["test/support/postgres-server.ts", "test/support/bundled-children.ts"],
    setupFiles: ["test/support/quiet-log.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
