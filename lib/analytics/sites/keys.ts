import { createHash, randomBytes } from "node:crypto";

/** What a key opens: `write` ingestion only, for pages; `read` everything else of its site, for servers. */
export type KeyKind = "write" | "read";

const PREFIX: Record<KeyKind, string> = { write: "twk_pub_", read: "twk_sec_" };

/** A new key: 192 random bits, and a prefix that tells people and secret scanners what they have in hand. */
export const newKey = (kind: KeyKind): string => PREFIX[kind] + randomBytes(24).toString("base64url");

/** How a key is stored. */
export const hashOf = (key: string): string => createHash("sha256").update(key).digest("hex");

/** What of a key may be shown again. */
export const hintOf = (key: string): string => `…${key.slice(-4)}`;

const SHAPE = /^(twk_(?:pub|sec)_)[\w-]{1,64}$/;

/** BatchSelection kind of key a token is by its looks; undefined for one of the deployment's secrets, and for what cannot be a key. */
export function kindOf(token: string | undefined): KeyKind | undefined {
  const [, prefix] = SHAPE.exec(token ?? "") ?? [];
  return prefix === PREFIX.write ? "write" : prefix === PREFIX.read ? "read" : undefined;
}
