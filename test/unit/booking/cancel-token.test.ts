import { createHash, createHmac } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import {
  isCancelToken,
  newCancelToken,
  newTokenSalt,
  replayedToken,
  sha256,
} from "../../../lib/booking/bookings/cancel-token.ts";
import { configure } from "../../../lib/config/config.ts";

const ID = "0b7e2f6e-5d2c-4c0b-9d39-2d3d2f1c9b11";
const KEY = "a key of somebody";
const use = (secret: string) => configure({ EMAIL_PREFERENCES_SECRET: secret });

beforeEach(() => void use("a-secret-of-this-deployment"));

/** A booking as it was made, and the token it was answered with. */
function made(salt = newTokenSalt()) {
  const token = newCancelToken(ID, salt, KEY);
  return { token, row: { id: ID, tokenSalt: salt, cancelTokenHash: sha256(token) } };
}

describe("a cancel token", () => {
  it("is of 256 bits that need the secret, and another one for another booking, salt or secret", () => {
    const tokens = [made("s").token, made("t").token, newCancelToken(ID.replace("0", "1"), "s", KEY)];
    use("another-secret-of-ours");
    tokens.push(made("s").token);
    use("");
    tokens.push(made("s").token);
    expect(new Set(tokens).size).toBe(5);
    for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
  });

  it("is the booking's, and no other one is", () => {
    const { token, row } = made();
    expect(isCancelToken(token, row)).toBe(true);
    expect(isCancelToken(token, undefined)).toBe(false);
    for (const other of [made().token, "", token.slice(1), `${token}x`, row.cancelTokenHash, row.tokenSalt]) {
      expect(isCancelToken(other, row)).toBe(false);
    }
  });

  it("still holds when the secret has changed, as does the one that is made from then on, and that of a replay", () => {
    const { token, row } = made();
    use("the-secret-after-this-one");
    const later = newCancelToken(ID, row.tokenSalt, KEY);
    expect(later).not.toBe(token);
    expect(replayedToken(row, KEY)).toBe(later);
    expect([token, later].map((one) => isCancelToken(one, row))).toEqual([true, true]);
    use("");
    expect(isCancelToken(token, row)).toBe(true);
  });

  it("of a booking by an earlier release, made of its Idempotency-Key, holds on, beside that of mails from now on", () => {
    const token = createHmac("sha256", "salt").update(KEY).digest("base64url");
    const row = { id: ID, tokenSalt: "salt", cancelTokenHash: sha256(token) };
    expect(replayedToken(row, KEY)).toBe(token);
    expect(isCancelToken(token, row)).toBe(true);
    expect(isCancelToken(newCancelToken(ID, "salt", KEY), row)).toBe(true);
  });

  it("of a booking whose customer is forgotten is worth nothing", () => {
    const forgotten = { id: ID, tokenSalt: "", cancelTokenHash: "" };
    for (const token of [made().token, newCancelToken(ID, "", KEY), ""]) {
      expect(isCancelToken(token, forgotten)).toBe(false);
    }
  });
});

it("a salt is 256 bits that never come twice", () => {
  const salts = Array.from({ length: 1000 }, newTokenSalt);
  expect(new Set(salts).size).toBe(1000);
  for (const salt of salts) expect(Buffer.from(salt, "base64url")).toHaveLength(32);
});

it("what is stored of a secret is its SHA-256 in hex", () => {
  expect(sha256("a secret")).toBe(createHash("sha256").update("a secret").digest("hex"));
});
