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

/** Whether a token is a site's key, and not one of the deployment's secrets. */
export const isKey = (token: string | undefined): boolean =>
  token !== undefined && Object.values(PREFIX).some((prefix) => token.startsWith(prefix));
