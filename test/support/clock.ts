import { useClock } from "../../lib/time/clock.ts";
import { newestEnded } from "../../lib/time/periods.ts";

/** A Wednesday in UTC and in every zone's working week, far from the ends of weeks and months. */
export const NOW = new Date("2026-03-11T12:00:00Z");

/** The newest week and the newest month that have ended at `NOW`. */
export const WEEK = { ...newestEnded("week", NOW, "UTC"), zone: "UTC" };
export const MONTH = { ...newestEnded("month", NOW, "UTC"), zone: "UTC" };

/**
 * Sets the clock of this process, from which it runs on, so that leases expire as usual. The machine's clock is back
 * after the test (real-clock.ts).
 */
export function setClock(instant: Date | string = NOW): void {
  const start = Number(new Date(instant)) - performance.now();
  useClock(() => Math.floor(start + performance.now()));
}
