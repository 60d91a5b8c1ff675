import { defineConfig } from "vitest/config";
import base from "./vitest.base.config.ts";

/** Tests with servers as Debian installs them, which have to be there: a missing one is a failure, not a skip. */
export default defineConfig({
  ...base,
  test: { ...base.test, include: ["test/hosts/**/*.test.ts"], exclude: [] },
});
