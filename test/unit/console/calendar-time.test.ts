import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantAt, shiftWall, wallTime } from "../../../web/console/ui/calendar/wall-time.ts";

const ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"];

describe("the calendar's wall-clock times", () => {
  it("lead back to the instant, whatever the zone", () => {
    const instants = fc.date({ min: new Date("2024-01-01"), max: new Date("2028-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(instants, fc.constantFrom(...ZONES), (date, zone) => {
        const wall = wallTime(date.toISOString(), zone);
        // An hour that a clock change repeats has two instants.
        expect(wallTime(instantAt(wall, zone), zone)).toBe(wall);
      }),
    );
  });

  it("move by days over a clock change and stay at their hour", () => {
    // The clocks of Berlin change in the night to 25 October 2026.
    const before = wallTime("2026-10-24T07:00:00Z", "Europe/Berlin");
    expect(before).toBe("2026-10-24T09:00:00");
    const moved = shiftWall(before, { days: 1, seconds: 900 });
    expect(moved).toBe("2026-10-25T09:15:00");
    expect(instantAt(moved, "Europe/Berlin")).toBe("2026-10-25T08:15:00.000Z");
  });
});
