import { describe, expect, it } from "vitest";
import { CALENDARS, eventsOn, findEvent, MAX_EVENT_DAYS } from "../../../dev/calendar/demo-events.ts";
import { ZONE } from "../../../dev/calendar/planned-event.ts";
import { instantOf } from "../../../dev/google/event-times.ts";
import { wallClock } from "../../../lib/time/wall-clock.ts";
import { DAY_MINUTES, wallOfDate } from "../../../lib/time/wall-minutes.ts";
import { demoYear, iso, NOW } from "../../worlds/demo-year.ts";

/** The demo club's events: the same at every call, and consistent over time. */

const [BERATUNG = "", TRAINING = ""] = Object.keys(CALENDARS);
const YEAR = demoYear();
const clock = wallClock(ZONE);

describe("an event of the demo club", () => {
  it("is the same at every call, and is found by its id", () => {
    const once = eventsOn(BERATUNG, "2026-02-09", NOW);
    expect(eventsOn(BERATUNG, "2026-02-09", new Date(NOW))).toEqual(once);
    const some = YEAR.slice(-200);
    expect(some.map(({ calendarId, event }) => findEvent(calendarId, event.id, NOW))).toEqual(
      some.map(({ event }) => event),
    );
    for (const unknown of [
      "",
      "termin",
      "termin2026020999",
      "termin2026139900",
      "serie1_20260209T090000Z",
      "__proto__",
    ]) {
      expect(findEvent(BERATUNG, unknown, NOW)).toBeUndefined();
    }
    expect(eventsOn("nobody@club.example", "2026-02-09", NOW)).toEqual([]);
  });

  it("does not state its outcome before its end", () => {
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

  it("exists from its creation, and does not change after its end", () => {
    const ahead = (now: string) => eventsOn(BERATUNG, "2026-03-04", new Date(now)).length;
    expect(ahead("2026-01-20T12:00:00Z")).toBe(1); // an instance of a series, which has no end
    expect(ahead("2026-02-25T12:00:00Z")).toBeGreaterThan(3);
    expect(ahead("2026-03-04T06:00:00Z")).toBeGreaterThan(ahead("2026-02-25T12:00:00Z"));
    expect(eventsOn(BERATUNG, "2026-03-04", new Date("2026-03-10T00:00:00Z"))).toEqual(
      eventsOn(BERATUNG, "2026-03-04", new Date("2027-03-10T00:00:00Z")),
    );
    const late = YEAR.filter(({ event }) => event.created > event.updated || event.updated > iso(NOW));
    expect(late).toEqual([]);
  });

  it("has a valid id that is unique in its calendar", () => {
    expect(YEAR.filter(({ event }) => !/^([a-v0-9]{5,}|serie\d_\d{8}T\d{6}Z)$/.test(event.id))).toEqual([]);
    for (const calendarId of [BERATUNG, TRAINING]) {
      const ids = YEAR.filter((dated) => dated.calendarId === calendarId).map(({ event }) => event.id);
      expect(new Set(ids).size).toBe(ids.length);
    }
    const onBoth = findEvent(TRAINING, "termin2026020900", NOW);
    expect(onBoth?.summary).not.toBe(findEvent(BERATUNG, "termin2026020900", NOW)?.summary);
  });

  it("starts on its date or later, and ends within two days", () => {
    const outside = YEAR.filter(({ date, event }) => {
      const [start, end] = [clock.wallAt(instantOf(event.start, ZONE)), clock.wallAt(instantOf(event.end, ZONE))];
      return start < wallOfDate(date) || end > wallOfDate(date) + MAX_EVENT_DAYS * DAY_MINUTES;
    });
    expect(outside).toEqual([]);
  });
});
