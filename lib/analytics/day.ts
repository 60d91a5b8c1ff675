/** The day (UTC) of an instant as `YYYY-MM-DD`, for partitions and salts. It needs no time zone, so no calendar library is loaded. */
export const dayOf = (instant: Date): string => instant.toISOString().slice(0, 10);
