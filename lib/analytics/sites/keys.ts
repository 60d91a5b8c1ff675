import { randomBytes } from "node:crypto";
import { sha256 } from "../../hash.ts";

/** What a key permits: `write` only sends events, from pages; `read` does everything else for its site, from servers. */
export type KeyKind = "write" | "read";

const PREFIX: Record<KeyKind, string> = { write: "twk_pub_", read: "twk_sec_" };

/** Creates a key: 192 random bits after a prefix by which people and secret scanners recognise its kind. */
export const newKey = (kind: KeyKind): string => PREFIX[kind] + randomBytes(24).toString("base64url");

/** The hash under which a key is stored: SHA-256 in hex. */
export const hashKey = (key: string): string => sha256(key);

/** The end of a key, which may be shown again. */
export const keyHint = (key: string): string => `…${key.slice(-4)}`;

const KEY = /^(twk_(?:pub|sec)_)[\w-]{1,64}$/;

/** The kind of a key by its form. @returns undefined for secrets of the deployment and other texts. */
export function keyKindOf(token: string | undefined): KeyKind | undefined {
  const [, prefix] = KEY.exec(token ?? "") ?? [];
  return prefix === PREFIX.write ? "write" : prefix === PREFIX.read ? "read" : undefined;
}
