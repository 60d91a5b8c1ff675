import { describe, expect, it } from "vitest";
import { parseConfig } from "../../../lib/config/config.ts";

const DSN = "https://0a1b2c3d@o1.ingest.sentry.io/42";

describe("the settings of error tracking", () => {
  it("are none without a DSN", () => {
    expect(parseConfig({ SENTRY_ENVIRONMENT: "production", VERCEL_ENV: "production" }).sentry).toBeUndefined();
  });

  it.each([
    [{}, { environment: "development", release: undefined }],
    [
      { VERCEL_ENV: "preview", VERCEL_GIT_COMMIT_SHA: "c0ffee" },
      { environment: "preview", release: "c0ffee" },
    ],
    [
      { VERCEL_ENV: "production", SENTRY_ENVIRONMENT: "live" },
      { environment: "live", release: undefined },
    ],
  ])("take environment and release from the platform, unless they are set: %o", (given, expected) => {
    expect(parseConfig({ ...given, SENTRY_DSN: DSN }).sentry).toEqual({ dsn: DSN, ...expected });
  });

  it.each(["sentry.io/42", "https://o1.ingest.sentry.io/42", "https://key@o1.ingest.sentry.io", "https://key@host/x"])(
    "refuse %s, and do not show it",
    (dsn) => {
      expect(() => parseConfig({ SENTRY_DSN: dsn })).toThrow(
        "SENTRY_DSN: expected a DSN such as https://<key>@<id>.ingest.sentry.io/<project>, got another value (not shown)",
      );
    },
  );

  it("are secrets that no message may show", () => {
    expect(parseConfig({ SENTRY_DSN: DSN }).secrets).toContain(DSN);
  });
});
