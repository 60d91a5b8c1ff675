import { defineConfig } from "vitest/config";
import base from "./vitest.base.config.ts";

/** The smoke test of the platform build; `npm run build:platform` comes first. */
export default defineConfig({
  ...base,
  test: { ...base.test, include: ["test/deploy/**/*.test.ts"], exclude: [] },
});
