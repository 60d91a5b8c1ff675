import { DAY_MS } from "../../time/durations.ts";

/** A smaller difference counts as transmission time and not as a wrong clock. */
const TOLERANCE_MS = 30_000;

/** An older event cannot be distinguished from a wrong clock. */
const MAX_AGE_MS = 7 * DAY_MS;

/**
 * Computes when an event occurred by the server's clock (docs/domain.md, section 8): the stated instant, shifted by the error
 * of the sender's clock. The result is never after the receipt. If it would be a week or more before, it is the receipt.
 * @param occurred,sent By the sender's clock: ISO 8601 with an offset, or milliseconds since 1970.
 * @returns the instant, and whether the event stated one.
 */
export function correctClock(
  occurred: unknown,
  sent: unknown,
  receivedAt: Date,
): { occurredAt: Date; isStated: boolean } {
  const stated = parseInstant(occurred);
  if (stated === undefined) return { occurredAt: receivedAt, isStated: false };
  const received = Number(receivedAt);
  const skew = received - (parseInstant(sent) ?? received);
  const corrected = Math.abs(skew) > TOLERANCE_MS ? stated + skew : stated;
  const isCredible = corrected > received - MAX_AGE_MS;
  return { occurredAt: isCredible ? new Date(Math.min(corrected, received)) : receivedAt, isStated: true };
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/i;

/** Milliseconds since 1970; undefined if the value is not an instant. */
function parseInstant(value: unknown): number | undefined {
  const instant = typeof value === "string" && INSTANT.test(value) ? Date.parse(value) : value;
  return typeof instant === "number" && Number.isFinite(new Date(instant).getTime()) ? Math.trunc(instant) : undefined;
}
