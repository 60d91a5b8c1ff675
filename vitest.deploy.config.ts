import { mergeConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** The smoke test of the platform build; `npm run build:platform` comes first. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [] } },
  { test: { include: ["test/deploy/**/*.test.ts"] } },
);
