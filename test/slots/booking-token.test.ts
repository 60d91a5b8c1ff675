import { createHash, createHmac } from "node:crypto";
import { expect, it } from "vitest";
import { cancelTokenOf, newTokenSalt, sha256 } from "../../lib/slots/booking-token.ts";

it("a cancel token is the HMAC-SHA256 of the key under the salt, in base64url", () => {
  const expected = createHmac("sha256", "a salt").update("a key of somebody").digest("base64url");
  expect(cancelTokenOf("a salt", "a key of somebody")).toBe(expected);
  expect(expected).toMatch(/^[\w-]{43}$/);
});

it("a cancel token is another for another salt or key", () => {
  const tokens = [cancelTokenOf("s", "key"), cancelTokenOf("t", "key"), cancelTokenOf("s", "kez")];
  expect(new Set(tokens).size).toBe(3);
});

it("a salt is 256 bits that never come twice", () => {
  const salts = Array.from({ length: 1000 }, newTokenSalt);
  expect(new Set(salts).size).toBe(1000);
  for (const salt of salts) expect(Buffer.from(salt, "base64url")).toHaveLength(32);
});

it("what is stored of a secret is its SHA-256 in hex", () => {
  expect(sha256("a secret")).toBe(createHash("sha256").update("a secret").digest("hex"));
});
