import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { preferredLanguage } from "../../../lib/mail/template/language.ts";
import { verifyUnsubscribeToken } from "../../../lib/mail/unsubscribe/token.ts";
import { signedUnsubscribeUrl } from "../../support/mail/unsubscribe-url.ts";

/** Tokens of unsubscribe links: only tokens signed with our secret are valid, and no input throws. */

const SECRET = "a-secret-of-the-tests";
const FROM = new Date("2026-02-09T00:00:00Z");
const SOON = new Date("2026-02-10T07:30:00Z");

const tokenFor = (userId: string, from = FROM, secret = SECRET): string =>
  new URL(signedUnsubscribeUrl("https://taktwerk.example", secret, userId, from)).searchParams.get("token") ?? "";

/** A token with any claim, signed with our secret. */
const signed = (claim: string): string => {
  const encoded = Buffer.from(claim).toString("base64url");
  return `${encoded}.${createHmac("sha256", SECRET).update(`unsubscribe.${encoded}`).digest("base64url")}`;
};

const verify = (token: string, now = SOON, secret = SECRET) => verifyUnsubscribeToken(token, secret, now);

const userIds = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map(String.fromCharCode),
  minLength: 1,
  maxLength: 128,
});

describe("a token", () => {
  it("identifies its user, with any id", () => {
    fc.assert(fc.property(userIds, (userId) => void expect(verify(tokenFor(userId))).toEqual({ userId })));
    for (const userId of ['"'.repeat(128), "\\".repeat(128)]) expect(verify(tokenFor(userId))).toEqual({ userId });
  });

  it("is valid until the last millisecond before its expiry, and then no longer", () => {
    const end = Date.parse("2026-08-08T00:00:00Z");
    expect(verify(tokenFor("ada"), new Date(end - 1))).toEqual({ userId: "ada" });
    expect(verify(tokenFor("ada"), new Date(end))).toEqual({ reason: "expired" });
    expect(verify(tokenFor("ada"), new Date(end + 1))).toEqual({ reason: "expired" });
  });

  it("is not valid if any character is changed, missing or doubled", () => {
    const token = tokenFor("ada");
    for (let place = 0; place < token.length; place += 1) {
      const [before, character, after] = [token.slice(0, place), token[place] ?? "", token.slice(place + 1)];
      for (const other of ["A", "z", "0", "_", ".", "=", "é"].filter((other) => other !== character)) {
        expect(verify(before + other + after), `${other} at ${place}`).toHaveProperty("reason");
      }
      expect(verify(before + after), `nothing at ${place}`).toHaveProperty("reason");
      expect(verify(before + character + character + after), `twice at ${place}`).toHaveProperty("reason");
    }
  });

  it("is not valid with another secret, another user's signature or another purpose", () => {
    const [claim] = tokenFor("ada").split(".");
    const [, signature] = tokenFor("bob").split(".");
    const elsewhere = createHmac("sha256", SECRET).update(`cancel.${claim}`).digest("base64url");
    expect(verify(tokenFor("ada", FROM, "another-secret-of-tests"))).toEqual({ reason: "wrong-signature" });
    expect(verify(`${claim}.${signature}`)).toEqual({ reason: "wrong-signature" });
    expect(verify(`${claim}.${elsewhere}`)).toEqual({ reason: "wrong-signature" });
  });

  it("is reported as expired only if its signature is valid", () => {
    const [claim] = tokenFor("ada", new Date("2020-01-01T00:00:00Z")).split(".");
    expect(verify(`${claim}.${"A".repeat(43)}`)).toEqual({ reason: "wrong-signature" });
  });

  it.each([
    ["no JSON", "not json"],
    ["nothing", "[]"],
    ["an object", '{"userId":"ada","expires":9999999999}'],
    ["null", "null"],
    ["no expiry", '["ada"]'],
    ["a third element", '["ada",9999999999,true]'],
    ["an id that is a number", "[1,9999999999]"],
    ["an empty id", '["",9999999999]'],
    ["an id with a NUL", '["a\\u0000da",9999999999]'],
    ["an id that is too long", JSON.stringify(["a".repeat(129), 9_999_999_999])],
    ["an expiry that is text", '["ada","9999999999"]'],
    ["an expiry that is a fraction", '["ada",9999999999.5]'],
    ["an infinite expiry", '["ada",1e999]'],
    ["a negative expiry", '["ada",-1]'],
    ["bytes that are no UTF-8", "\ud800"],
  ])("that contains %s is malformed, even if it is signed", (_, claim) => {
    expect(verify(signed(claim))).toEqual({ reason: "malformed" });
  });

  it.each([
    ["nothing", ""],
    ["a dot", "."],
    ["two dots", ".."],
    ["no signature", tokenFor("ada").split(".")[0] ?? ""],
    ["an empty signature", `${tokenFor("ada").split(".")[0]}.`],
    ["another dot", `${tokenFor("ada")}.`],
    ["three parts", `${tokenFor("ada")}.${"A".repeat(43)}`],
    ["padding", `${tokenFor("ada")}=`],
    ["a NUL", `${tokenFor("ada")}\u0000`],
    ["a line break", `${tokenFor("ada")}\n`],
    ["a space before", ` ${tokenFor("ada")}`],
    ["letters of any script", "ümläut.🏋️"],
    ["a megabyte", "a".repeat(1_000_000)],
    ["a claim of a megabyte", `${"a".repeat(1_000_000)}.${"A".repeat(43)}`],
  ])("that is %s is malformed", (_, token) => {
    expect(verify(token)).toEqual({ reason: "malformed" });
  });

  it("of any other form is refused without throwing", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.tuple(fc.base64String(), fc.base64String()).map((parts) => parts.join(".")),
      fc.stringMatching(/^[\w-]{1,100}\.[\w-]{43}$/),
    );
    fc.assert(fc.property(text, (token) => void expect(verify(token)).toHaveProperty("reason")));
    const claims = fc.json().filter((json) => !/^\["/.test(json));
    fc.assert(fc.property(claims, (claim) => void expect(verify(signed(claim))).toEqual({ reason: "malformed" })));
  });
});

describe("the language of an unknown reader", () => {
  it.each([
    [null, "de"],
    ["", "de"],
    ["*", "de"],
    ["fr, es;q=0.9", "de"],
    ["en", "en"],
    ["EN-us", "en"],
    ["en-GB,en;q=0.9,de;q=0.8", "en"],
    ["de-AT,de;q=0.9,en;q=0.8", "de"],
    ["fr, en;q=0.5, de;q=0.4", "en"],
    ["de;q=0.4, en ; q=0.5", "en"],
    ["en;q=0, fr", "de"],
    ["en;q=nonsense", "de"],
    ["english", "de"],
    [`${"x,".repeat(100_000)}en`, "de"],
  ])("with the header %j is %s", (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
