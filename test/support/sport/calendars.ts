import type { Span } from "./reference-results.ts";

/** Weeks and months with written-out boundaries, so that nothing here depends on the code that computes them. */
export interface Calendar {
  zone: string;
  spans: Span[];
}

function calendar(zone: string, boundaries: { weeks?: string[]; months?: string[] }): Calendar {
  const spans = (kind: Span["kind"], texts: string[] = []) => {
    const instants = texts.map((text) => Date.parse(text));
    return instants.slice(1).map((end, index): Span => ({ kind, start: instants[index]!, end }));
  };
  return { zone, spans: [...spans("week", boundaries.weeks), ...spans("month", boundaries.months)] };
}

export const DAY = 86_400_000;

export const UTC = calendar("UTC", {
  weeks: ["2026-01-05T00:00Z", "2026-01-12T00:00Z", "2026-01-19T00:00Z", "2026-01-26T00:00Z"],
});
const BERLIN_WEEKS = ["2026-03-15T23:00Z", "2026-03-22T23:00Z", "2026-03-29T22:00Z", "2026-04-05T22:00Z"];
export const SPRING = calendar("Europe/Berlin", { weeks: BERLIN_WEEKS });
const NEW_YORK_WEEKS = ["2026-10-19T04:00Z", "2026-10-26T04:00Z", "2026-11-02T05:00Z", "2026-11-09T05:00Z"];
export const AUTUMN = calendar("America/New_York", { weeks: NEW_YORK_WEEKS });
export const ELEVEN_WEEKS = calendar("Asia/Kathmandu", {
  weeks: Array.from({ length: 12 }, (_, n) => new Date(Date.parse("2026-02-01T18:15Z") + 7 * n * DAY).toISOString()),
});

/** Months in which clocks change, with the weeks around the end of the month. */
export const SPRING_MONTHS = calendar("Europe/Berlin", {
  weeks: BERLIN_WEEKS.slice(1),
  months: ["2026-02-28T23:00Z", "2026-03-31T22:00Z", "2026-04-30T22:00Z"],
});
export const AUTUMN_MONTHS = calendar("America/New_York", {
  weeks: NEW_YORK_WEEKS.slice(1),
  months: ["2026-10-01T04:00Z", "2026-11-01T04:00Z", "2026-12-01T05:00Z"],
});
/** 1 June 2026 is a Monday: a week and a month end together, and a week and a month begin together. */
export const TOGETHER = calendar("UTC", {
  weeks: ["2026-05-18T00:00Z", "2026-05-25T00:00Z", "2026-06-01T00:00Z", "2026-06-08T00:00Z"],
  months: ["2026-05-01T00:00Z", "2026-06-01T00:00Z", "2026-07-01T00:00Z"],
});
export const SEVEN_MONTHS = calendar("Asia/Kathmandu", {
  months: [
    "2025-12-31T18:15Z",
    "2026-01-31T18:15Z",
    "2026-02-28T18:15Z",
    "2026-03-31T18:15Z",
    "2026-04-30T18:15Z",
    "2026-05-31T18:15Z",
    "2026-06-30T18:15Z",
    "2026-07-31T18:15Z",
  ],
});
