import { DAY_MS } from "../day.ts";

/** A sender's clock may be off by so much without being taken for wrong: a request takes time as well. */
const TOLERANCE_MS = 30_000;

/** What happened longer ago than this cannot be told from a wrong clock. */
const OLDEST_MS = 7 * DAY_MS;

/**
 * When an event occurred, by our clock: what the sender's clock says, put right by how wrong that clock was when it
 * sent. Never after the receipt, and never more than a week before: then it is the receipt itself.
 * @param occurred,sent By the sender's clock: ISO 8601 with an offset, or milliseconds since the epoch.
 */
export function correctClock(occurred: unknown, sent: unknown, receivedAt: Date): { at: Date; given: boolean } {
  const told = instantIn(occurred);
  if (told === undefined) return { at: receivedAt, given: false };
  const received = Number(receivedAt);
  const skew = received - (instantIn(sent) ?? received);
  const at = Math.abs(skew) > TOLERANCE_MS ? told + skew : told;
  const credible = at > received - OLDEST_MS;
  return { at: credible ? new Date(Math.min(at, received)) : receivedAt, given: true };
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/i;

/** Milliseconds since the epoch; undefined for what is no instant. */
function instantIn(value: unknown): number | undefined {
  const at = typeof value === "string" && INSTANT.test(value) ? Date.parse(value) : value;
  return typeof at === "number" && Number.isFinite(new Date(at).getTime()) ? Math.trunc(at) : undefined;
}
