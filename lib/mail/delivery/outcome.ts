import { backoffMs, MAX_ATTEMPTS } from "../../jobs/backoff.ts";
import type { ClaimedMail } from "../queue/queue-claims.ts";
import type { Delivery } from "./smtp-connection.ts";

/** What the queue records of a mail that was taken (domain, section 4). */
export interface Settlement {
  id: number;
  status: "sent" | "retrying" | "failed" | "skipped";
  error: string | null;
  failure: "connection" | "transient" | "permanent" | "unknown" | null;
  failedAfterRetries: boolean;
  retryAt: Date | null;
  /** Why nothing is to be sent to the address any more. */
  suppress: string | null;
}

const UNTROUBLED = { error: null, failure: null, failedAfterRetries: false, retryAt: null, suppress: null };

/** Decides what becomes of a mail after an attempt. Pure. @param random From 0 to 1, for the jitter. */
export function settlementOf(
  mail: Pick<ClaimedMail, "id" | "attempts">,
  delivery: Delivery,
  now: Date,
  random: number,
): Settlement {
  const settled = { id: mail.id, ...UNTROUBLED };
  if (delivery.sent) return { ...settled, status: "sent" };
  const { failure, error } = delivery;
  if (failure === "unknown") return { ...settled, status: "failed", failure, error: "delivery-unknown" };
  if (failure === "permanent") {
    return { ...settled, status: "failed", failure, error, suppress: delivery.unknownMailbox ? error : null };
  }
  if (mail.attempts >= MAX_ATTEMPTS) return { ...settled, status: "failed", failure, error, failedAfterRetries: true };
  const delay = Math.max(backoffMs(mail.attempts) * (1 + random / 4), delivery.retryAfterMs ?? 0);
  return { ...settled, status: "retrying", failure, error, retryAt: new Date(now.getTime() + Math.round(delay)) };
}

/** A mail that is not to be sent after all. */
export function skipped({ id }: Pick<ClaimedMail, "id">, reason: string): Settlement {
  return { id, ...UNTROUBLED, status: "skipped", error: reason };
}
