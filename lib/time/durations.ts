/** Lengths of time in milliseconds. A local day may have 23 or 25 hours: for calendar dates see dates.ts. */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
