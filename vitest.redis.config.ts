import { defineConfig } from "vitest/config";
import base from "./vitest.base.config.ts";

/** Tests with Debian's redis-server, which has to be there: a missing server is a failure, not a skip. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ["test/redis/**/*.test.ts"],
    exclude: [],
    globalSetup: ["test/support/postgres-server.ts"],
  },
});
