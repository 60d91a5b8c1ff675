/** The tracker's limits. They share one file because numbers exported from it add no bytes to the bundle. */

/** Longest text that the server accepts, in characters. */
export const MAX_TYPE = 255;
export const MAX_URL = 2000;
export const MAX_TEXT = 100;

/** Largest event in bytes. A larger event is sent without its data. */
export const MAX_EVENT = 32_000;

/** Largest request, in events and bytes. Browsers keep up to 64 KB in flight when a page closes. */
export const MAX_BATCH = 50;
export const MAX_BYTES = 59_000;

/** How long events are collected before they are sent, in ms, and the number that sends them sooner. The time is also the first delay before a retry. */
export const GATHER = 1000;
export const ENOUGH = 20;
export const MAX_BACKOFF = 60_000;

/** Most events that wait for the server, and how long, in ms. After a week the server cannot tell when an event occurred. */
export const MAX_WAITING = 100;
export const MAX_AGE = 600_000_000;

/** A session ends after this time without an event, in ms. */
export const IDLE = 1_800_000;
