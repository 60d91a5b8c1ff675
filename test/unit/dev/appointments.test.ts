import { describe, expect, it } from "vitest";
import { CALENDARS, eventsOn, findEvent, MAX_EVENT_DAYS } from "../../../dev/calendar/demo-events.ts";
import { ZONE } from "../../../dev/calendar/planned-event.ts";
import { instantOf } from "../../../dev/google/event-times.ts";
import { DAY_MINUTES, wallClock, wallOfDate } from "../../../lib/time/wall-clock.ts";
import { demoYear, iso, NOW } from "../../worlds/google-demo-year.ts";

/** The demo club's appointments: the same whenever they are asked for. */

const [BERATUNG = "", TRAINING = ""] = Object.keys(CALENDARS);
const YEAR = demoYear();
const clock = wallClock(ZONE);

describe("an appointment of the demo club", () => {
  it("is the same whenever it is asked for, and found by its id", () => {
    const once = eventsOn(BERATUNG, "2026-02-09", NOW);
    expect(eventsOn(BERATUNG, "2026-02-09", new Date(NOW))).toEqual(once);
    for (const { calendarId, event } of YEAR.slice(-500)) {
      expect(findEvent(calendarId, event.id, NOW)).toEqual(event);
    }
    for (const none of ["", "termin", "termin2026020999", "termin2026139900", "serie1_20260209T090000Z", "__proto__"]) {
      expect(findEvent(BERATUNG, none, NOW)).toBeUndefined();
    }
    expect(eventsOn("nobody@club.example", "2026-02-09", NOW)).toEqual([]);
  });

  it("has a title that says nothing until it is over, and then what came of it", () => {
    for (const calendarId of Object.keys(CALENDARS)) {
      for (const before of eventsOn(calendarId, "2026-02-09", new Date("2026-02-09T07:00:00Z"))) {
        expect(before.summary?.normalize("NFC")).not.toMatch(
          /[([]ghost|ghost [-:]|\| ghost|erschienen|abgesagt|verschoben|überhang|verkauft|abschluss|sold/i,
        );
        expect(["11", "6", "4"]).not.toContain(before.colorId);
        const end = instantOf(before.end, ZONE);
        expect(findEvent(calendarId, before.id, new Date(end - 1))?.summary).toBe(before.summary);
        const after = findEvent(calendarId, before.id, new Date(end));
        if (after?.summary !== before.summary) expect(after).toMatchObject({ sequence: 1, updated: iso(end) });
      }
    }
    expect(eventsOn(BERATUNG, "2026-02-09", NOW)).not.toEqual(
      eventsOn(BERATUNG, "2026-02-09", new Date("2026-02-09T07:00:00Z")),
    );
  });

  it("is there from when it was made, and stays as it is once it is over", () => {
    const ahead = (now: string) => eventsOn(BERATUNG, "2026-03-04", new Date(now)).length;
    expect(ahead("2026-01-20T12:00:00Z")).toBe(1); // of a series, which has no end
    expect(ahead("2026-02-25T12:00:00Z")).toBeGreaterThan(3);
    expect(ahead("2026-03-04T06:00:00Z")).toBeGreaterThan(ahead("2026-02-25T12:00:00Z"));
    expect(eventsOn(BERATUNG, "2026-03-04", new Date("2026-03-10T00:00:00Z"))).toEqual(
      eventsOn(BERATUNG, "2026-03-04", new Date("2027-03-10T00:00:00Z")),
    );
    for (const { event } of YEAR)
      expect([event.created <= event.updated, event.updated <= iso(NOW)]).toEqual([true, true]);
  });

  it("has an id that Google would give and that is its own", () => {
    for (const { event } of YEAR) expect(event.id).toMatch(/^([a-v0-9]{5,}|serie\d_\d{8}T\d{6}Z)$/);
    for (const calendarId of [BERATUNG, TRAINING]) {
      const ids = YEAR.filter((dated) => dated.calendarId === calendarId).map(({ event }) => event.id);
      expect(new Set(ids).size).toBe(ids.length);
    }
    const onBoth = findEvent(TRAINING, "termin2026020900", NOW);
    expect(onBoth?.summary).not.toBe(findEvent(BERATUNG, "termin2026020900", NOW)?.summary);
  });

  it("is over at most so many days after its date", () => {
    for (const { date, event } of YEAR) {
      const [start, end] = [clock.wallAt(instantOf(event.start, ZONE)), clock.wallAt(instantOf(event.end, ZONE))];
      expect(start).toBeGreaterThanOrEqual(wallOfDate(date));
      expect(end).toBeLessThanOrEqual(wallOfDate(date) + MAX_EVENT_DAYS * DAY_MINUTES);
    }
  });
});
