const DAY_MS = 86_400_000;

/** The date `YYYY-MM-DD` a number of days ago, in UTC; exact enough for the start of a period. */
export const daysBack = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
