/** Instants and wall-clock times of a zone: the calendar's library knows only times without a zone. Pure. */

/** @returns `YYYY-MM-DDTHH:MM:SS` on the clocks of the zone. */
export function wallTime(iso: string, zone: string): string {
  return wallFormat(zone).format(new Date(iso)).replace(" ", "T");
}

/** @param wall On the clocks of the zone. A time that a clock change skips counts as the one after it. */
export function instantAt(wall: string, zone: string): string {
  const guess = Date.parse(`${wall}Z`);
  // The zone's distance to UTC near the time; asked twice, because it may differ on both sides of a clock change.
  const offset = (at: number) => Date.parse(`${wallTime(new Date(at).toISOString(), zone)}Z`) - at;
  const first = guess - offset(guess);
  return new Date(guess - offset(first)).toISOString();
}

/** Moves a wall-clock time. */
export function shiftWall(wall: string, { days, seconds }: { days: number; seconds: number }): string {
  return new Date(Date.parse(`${wall}Z`) + days * 86_400_000 + seconds * 1_000).toISOString().slice(0, 19);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wallFormat(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    // Swedish dates are ISO dates.
    format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
    formats.set(zone, format);
  }
  return format;
}
