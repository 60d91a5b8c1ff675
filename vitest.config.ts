import { defineConfig } from "vitest/config";
import { SlowestFirst } from "./test/support/slowest-first.ts";

export default defineConfig({
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source"] } },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/deploy/**", "test/browser/**", "test/redis/**", "test/debian/**", "test/hosts/**"],
    globalSetup: ["test/support/postgres-server.ts", "test/support/bundled-children.ts"],
    setupFiles: ["test/support/quiet-log.ts"],
    sequence: { sequencer: SlowestFirst },
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
