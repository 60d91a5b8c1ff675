import { configure, type Environment } from "../../../lib/config/config.ts";
import { newestEnded, type Period, periodContaining } from "../../../lib/time/periods.ts";

/**
 * Configures a zone in which the month does not turn while a test runs, whatever the time: handlers read the real clock.
 * @returns the newest ended month there.
 */
export function calmMonth(settings: Environment, now = new Date()): Period & { zone: string } {
  for (const offset of [0, 720, -720]) {
    const { timeZone: zone } = configure({ ...settings, EVENTS_UTC_OFFSET_MINUTES: String(offset) });
    const { start, end } = periodContaining("month", now, zone);
    const hour = 3_600_000;
    if (Number(now) - Number(start) >= hour && Number(end) - Number(now) >= hour) {
      return { ...newestEnded("month", now, zone), zone };
    }
  }
  throw new Error("expected a calm zone at any time, got none");
}
