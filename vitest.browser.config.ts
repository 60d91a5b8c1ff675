import { defineConfig } from "vitest/config";
import base from "./vitest.base.config.ts";

/** Tests in Debian's chromium, which has to be there: a missing browser is a failure, not a skip. */
export default defineConfig({
  ...base,
  test: { ...base.test, include: ["test/browser/**/*.test.ts"], exclude: [], globalSetup: [] },
});
