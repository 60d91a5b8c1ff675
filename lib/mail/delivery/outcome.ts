import { backoffMs, MAX_ATTEMPTS } from "../../jobs/backoff.ts";
import type { ClaimedMail, Outcome } from "../queue/queue-claims.ts";
import type { Delivery } from "./smtp-connection.ts";

const NO_FAILURE = { error: null, failure: null, failedAfterRetries: false, retryAt: null, suppress: null };

/**
 * Decides what happens to a mail after an attempt: sent, tried again later, or failed (docs/domain.md, section 4). Pure.
 * @param random From 0 to 1, for the jitter of the delay.
 */
export function decideOutcome(
  mail: Pick<ClaimedMail, "id" | "attempts">,
  delivery: Delivery,
  now: Date,
  random: number,
): Outcome {
  const outcome = { id: mail.id, ...NO_FAILURE };
  if (delivery.sent) return { ...outcome, status: "sent" };
  const { failure, error } = delivery;
  if (failure === "unknown") return { ...outcome, status: "failed", failure, error: "delivery-unknown" };
  if (failure === "permanent") {
    return { ...outcome, status: "failed", failure, error, suppress: delivery.unknownMailbox ? error : null };
  }
  if (mail.attempts >= MAX_ATTEMPTS) return { ...outcome, status: "failed", failure, error, failedAfterRetries: true };
  const delay = Math.max(backoffMs(mail.attempts) * (1 + random / 4), delivery.retryAfterMs ?? 0);
  return { ...outcome, status: "retrying", failure, error, retryAt: new Date(now.getTime() + Math.round(delay)) };
}

/** The outcome of a mail that must not be sent, with the reason. */
export function skip({ id }: Pick<ClaimedMail, "id">, reason: string): Outcome {
  return { id, ...NO_FAILURE, status: "skipped", error: reason };
}
