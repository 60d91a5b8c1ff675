import type { FailedMail } from "../../../client/generated/types.ts";

/** Why a mail failed, as far as a person has to know to act. */
export const REASONS = ["gone", "domain", "full", "spam", "unknown", "later", "server", "other"] as const;
export type Reason = (typeof REASONS)[number];

/** Reads the reason from the kind of failure and the mail server's words (RFC 3463 codes first). Pure. */
export function reasonOf({ failure, error }: Pick<FailedMail, "failure" | "error">): Reason {
  if (failure === "unknown") return "unknown";
  if (failure === "connection") return "server";
  const words = error ?? "";
  return RULES.find(([, rule]) => rule.test(words))?.[0] ?? (failure === "transient" ? "later" : "other");
}

const RULES: readonly (readonly [Reason, RegExp])[] = [
  [
    "gone",
    /\b5\.1\.[016]\b|(mailbox|user|recipient|address)[^.]*(unknown|unavailable|not (found|exist)|does not exist)|no such (user|mailbox)|unknown user/i,
  ],
  ["domain", /\b[45]\.1\.[23]\b|\b[45]\.4\.4\b|domain|host (unknown|not found)|no mx/i],
  ["full", /\b[45]\.2\.2\b|quota|mailbox (is )?full|over ?quota/i],
  ["spam", /\b[45]\.7\.\d|spam|blocked|blacklist|blocklist|policy|reputation/i],
];
