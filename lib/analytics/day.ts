export const DAY_MS = 86_400_000;

/** The day (UTC) of an instant, `YYYY-MM-DD`: what partitions and salts go by. No zone here, and so no calendar to load. */
export const dayOf = (instant: Date): string => instant.toISOString().slice(0, 10);
