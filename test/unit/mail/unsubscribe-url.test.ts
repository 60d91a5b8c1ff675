import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { signedUnsubscribeUrl } from "../../support/mail/unsubscribe-url.ts";

describe("the unsubscribe link of a mail", () => {
  const SECRET = "a-secret-of-the-tests";
  const FROM = new Date("2026-02-09T00:00:00Z");

  it("contains the user and its expiry after 180 days, signed", () => {
    const url = new URL(signedUnsubscribeUrl("https://taktwerk.example", SECRET, "ada", FROM));
    expect(url.origin + url.pathname).toBe("https://taktwerk.example/api/events/emails/unsubscribe");
    const [claim = "", signature] = url.searchParams.get("token")?.split(".") ?? [];
    expect(JSON.parse(Buffer.from(claim, "base64url").toString())).toEqual([
      "ada",
      Date.parse("2026-08-08T00:00:00Z") / 1000,
    ]);
    expect(signature).toBe(createHmac("sha256", SECRET).update(`unsubscribe.${claim}`).digest("base64url"));
  });

  it("is the same each time the mail is written, and different for each user and secret", () => {
    const url = (userId: string, secret = SECRET) =>
      signedUnsubscribeUrl("https://taktwerk.example", secret, userId, FROM);
    expect(url("ada")).toBe(url("ada"));
    expect(new Set([url("ada"), url("bob"), url("ada,1"), url("ada", "another-secret-of-tests")]).size).toBe(4);
  });

  it("encodes any user id safely", () => {
    const url = signedUnsubscribeUrl("https://taktwerk.example", SECRET, 'a"b&token=x#?ü', FROM);
    expect(url).toMatch(/^https:\/\/taktwerk\.example\/[\w/]+\?token=[\w-]+\.[\w-]+$/);
  });
});
