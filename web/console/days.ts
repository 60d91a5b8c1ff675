const DAY_MS = 86_400_000;

/** The date `YYYY-MM-DD` so many days ago, in UTC: near enough for where a span begins. */
export const daysBack = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
