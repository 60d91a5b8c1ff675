import { afterEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { withoutSecrets } from "../../../lib/scrub.ts";

describe("a text that is scrubbed", () => {
  afterEach(() => void configure({}));

  it.each([
    ["connect to postgres://u:p@db.example/x failed", "connect to postgres://… failed"],
    ["GET https://u:p@api.example:8443/a/b?c=d#e failed", "GET https://api.example:8443/… failed"],
    ["mail from Ada <ada.l+x@club.example>", "mail from Ada <[address]>"],
    ['mail from "Ada Lovelace"@club.example', "mail from [address]"],
    ["a token-eyJhbGciOi.eyJzdWIi.c2ln", "a [token]"],
    ["a;x-postgres://u:p@db.example/x", "a;x-postgres://…"],
    ["calendar team@group.calendar.google.com: share it", "calendar [address]: share it"],
    ["authorization: Bearer abc.def", "authorization: [secret] [secret]"],
    ["Bearer abc.def", "Bearer [secret]"],
    ["got eyJhbGciOi.eyJzdWIi.c2ln", "got [token]"],
    ['{"password": "short"}', '{"password": [secret]'],
    ["key twk_pub_local-demo-site", "key [key]"],
    ["/api/x?a=b&c=d is gone", "/api/x?… is gone"],
    ["from 203.0.113.9 at 12.5", "from [ip] at 12.5"],
    ['invalid input syntax for type integer: "Ada"', 'invalid input syntax for type integer: "…"'],
    ["sha 0123456789abcdef0123456789abcdef is long", "sha [token] is long"],
  ])("%s", (text, scrubbed) => {
    expect(withoutSecrets(text)).toBe(scrubbed);
  });

  it.each([
    "run 0b5ff2f6-5c28-4b61-b1c2-9d8b7f1c2a3e failed",
    'relation "email_queue" does not exist',
    "expected a week, got 2026-02-30T12:00:00.000Z",
    "the oldest mail has been due for 120 minutes; weekly-events is overdue",
    "a-name-that-is-very-long-and-yet-has-no-figure-in-it",
  ])("keeps texts that are not secret: %s", (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });

  it("holds no secret of this deployment, however it is made", () => {
    configure({
      CRON_SECRET: "a plain.word-of-ours".replace(" ", "-"),
      DATABASE_URL: "postgres://u:pass%2Fword@db.example/x",
      OTHER_TOKEN: "another-secret",
    });
    expect(withoutSecrets("a-plain.word-of-ours, pass/word, pass%2Fword, another-secret")).toBe(
      "[secret], [secret], [secret], [secret]",
    );
  });

  it("keeps a secret of five characters, which would be found in other words, and hides one of six", () => {
    configure({ OTHER_TOKEN: "abcde", ANOTHER_TOKEN: "fghijk" });
    expect(withoutSecrets("xabcdey xfghijky")).toBe("xabcdey x[secret]y");
  });

  it("is cut if it is long, before a word and never within one, so that no part of a secret is left", () => {
    const secret = "cut-in-two-it-would-not-be-recognised-1234";
    configure({ OTHER_TOKEN: secret });
    for (let before = 16_384 - 60; before <= 16_384; before += 1) {
      const scrubbed = withoutSecrets(
        `${"x ".repeat(before / 2)}${"x".repeat(before % 2)} ${secret.slice(0, -1)} ${secret}`,
      );
      expect(scrubbed).not.toContain("cut-in");
      expect(scrubbed.length).toBeLessThanOrEqual(16_384 + "[token] [secret]".length);
    }
  });

  // A megabyte at a cost that grows with the square of the length would take more than the test has.
  it.each(["a", "a.", "a-", "eyJ-", '"', "@", "a@", "pass ", "Bearer ", "http://", "?a", '"a', "1."])(
    "is done with a megabyte of %j",
    (unit) => {
      expect(withoutSecrets(unit.repeat(1_000_000 / unit.length)).length).toBeLessThan(20_000);
    },
  );
});
