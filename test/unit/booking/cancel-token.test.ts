import { createHash, createHmac } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import {
  isCancelToken,
  newCancelToken,
  newTokenSalt,
  replayedToken,
} from "../../../lib/booking/bookings/cancel-token.ts";
import { configure } from "../../../lib/config/config.ts";
import { sha256 } from "../../../lib/hash.ts";

const ID = "0b7e2f6e-5d2c-4c0b-9d39-2d3d2f1c9b11";
const KEY = "an idempotency key";
const use = (secret: string) => configure({ EMAIL_PREFERENCES_SECRET: secret });

beforeEach(() => void use("a-secret-of-this-deployment"));

/** A new booking with its token. */
function newBooking(salt = newTokenSalt()) {
  const token = newCancelToken(ID, salt, KEY);
  return { token, row: { id: ID, tokenSalt: salt, cancelTokenHash: sha256(token) } };
}

describe("a cancel token", () => {
  it("has 256 bits, and differs for another booking, salt or secret", () => {
    const tokens = [newBooking("s").token, newBooking("t").token, newCancelToken(ID.replace("0", "1"), "s", KEY)];
    use("another-secret-of-ours");
    tokens.push(newBooking("s").token);
    use("");
    tokens.push(newBooking("s").token);
    expect(new Set(tokens).size).toBe(5);
    for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
  });

  it("opens its booking, and no other token does", () => {
    const { token, row } = newBooking();
    expect(isCancelToken(token, row)).toBe(true);
    expect(isCancelToken(token, undefined)).toBe(false);
    for (const other of [newBooking().token, "", token.slice(1), `${token}x`, row.cancelTokenHash, row.tokenSalt]) {
      expect(isCancelToken(other, row)).toBe(false);
    }
  });

  it("stays valid after the secret changes, beside the token made from then on and returned for a repeated request", () => {
    const { token, row } = newBooking();
    use("the-secret-after-this-one");
    const later = newCancelToken(ID, row.tokenSalt, KEY);
    expect(later).not.toBe(token);
    expect(replayedToken(row, KEY)).toBe(later);
    expect([token, later].map((candidate) => isCancelToken(candidate, row))).toEqual([true, true]);
    use("");
    expect(isCancelToken(token, row)).toBe(true);
  });

  it("of an earlier release, derived from the Idempotency-Key, stays valid beside the token in new mails", () => {
    const token = createHmac("sha256", "salt").update(KEY).digest("base64url");
    const row = { id: ID, tokenSalt: "salt", cancelTokenHash: sha256(token) };
    expect(replayedToken(row, KEY)).toBe(token);
    expect(isCancelToken(token, row)).toBe(true);
    expect(isCancelToken(newCancelToken(ID, "salt", KEY), row)).toBe(true);
  });

  it("does not open a booking whose customer is forgotten", () => {
    const forgotten = { id: ID, tokenSalt: "", cancelTokenHash: "" };
    for (const token of [newBooking().token, newCancelToken(ID, "", KEY), ""]) {
      expect(isCancelToken(token, forgotten)).toBe(false);
    }
  });
});

it("a salt has 256 random bits", () => {
  const salts = Array.from({ length: 1000 }, newTokenSalt);
  expect(new Set(salts).size).toBe(1000);
  for (const salt of salts) expect(Buffer.from(salt, "base64url")).toHaveLength(32);
});

it("the database stores a secret as its SHA-256 in hex", () => {
  expect(sha256("a secret")).toBe(createHash("sha256").update("a secret").digest("hex"));
});
