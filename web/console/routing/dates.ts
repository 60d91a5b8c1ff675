/** Dates `YYYY-MM-DD`. Pure. */

export const DAY_MS = 86_400_000;

/** The date of an instant in a zone: `YYYY-MM-DD`. */
export const dateIn = (zone: string, instant: Date): string =>
  // Canada writes dates as ISO 8601 does.
  new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(instant);

/** The date some days later or, with a negative number, earlier. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
