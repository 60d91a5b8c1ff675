import { asc } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CalendarEvent } from "../../../dev/google/calendar-source.ts";
import { calendarAppointments } from "../../../lib/attendance/schema.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import { type GoogleServer, startGoogle } from "../../fakes/google-server.ts";
import { configureGoogle, NOW, runTracking, type TrackingResponse } from "../../support/attendance/tracking-run.ts";
import { empty, openPglite } from "../../support/database/databases.ts";
import { event, instance } from "../../worlds/google-events.ts";

const TEAM = "team@club.example";

describe("a run of calendar tracking", () => {
  let connection: Connection;
  let google: GoogleServer;
  beforeAll(async () => {
    connection = await openPglite();
    google = await startGoogle();
  });
  afterAll(async () => {
    await google.close();
    await connection.close();
  });
  beforeEach(() => empty(connection.db));

  function have(...events: CalendarEvent[]): void {
    google.calendars = { [TEAM]: events };
    configureGoogle(google);
  }

  const stored = () => connection.db.select().from(calendarAppointments).orderBy(asc(calendarAppointments.startsAt));
  const day = (told: TrackingResponse, date: string) => told.days.find((line) => line.date === date);

  it("updates an appointment whose title is edited later, and reports the changed count", async () => {
    have(event({ id: "max01", summary: "Max Mustermann", colorId: "2" }), event({ colorId: "7" }));
    const before = await runTracking(connection.db);
    expect(day(before, "2026-02-09")).toMatchObject({ totalSlots: 2, completed: 2, ghosts: 0, showRate: 100 });
    have(
      event({ id: "max01", summary: "Max Mustermann (ghost)", colorId: "2" }),
      ...(google.calendars[TEAM] ?? []).slice(1),
    );
    const after = await runTracking(connection.db, { date: "2026-02-09" });
    expect(after).toMatchObject({ added: 0, changed: 1, gone: 0 });
    expect(after.changes).toEqual([
      { date: "2026-02-09", changed: { completed: { from: 2, to: 1 }, ghosts: { from: 0, to: 1 } } },
    ]);
    expect(day(after, "2026-02-09")).toMatchObject({ showRate: 50, noShowRate: 50, ghostRate: 50 });
    expect(await stored()).toHaveLength(2);
  });

  it("follows an appointment to another day, also out of its window and back", async () => {
    const at = (start: string) => have(event({ id: "moved", colorId: "2", start }));
    at("2026-02-05T09:00:00Z");
    await runTracking(connection.db);
    at("2026-02-09T15:00:00Z");
    const moved = await runTracking(connection.db);
    expect(moved.changes.map(({ date }) => date)).toEqual(["2026-02-05", "2026-02-09"]);
    expect(day(moved, "2026-02-05")).toMatchObject({ totalSlots: 0, showRate: null });
    expect(day(moved, "2026-02-09")).toMatchObject({ totalSlots: 1, completed: 1 });

    at("2026-03-20T15:00:00Z"); // outside the window of the run
    expect(await runTracking(connection.db)).toMatchObject({ gone: 1, changes: [{ date: "2026-02-09" }] });
    expect(await stored()).toMatchObject([{ goneAt: NOW }]);
    const later = await runTracking(connection.db, {}, new Date("2026-03-20T22:00:00Z"));
    expect(day(later, "2026-03-20")).toMatchObject({ totalSlots: 1, completed: 1 });
    expect(await stored()).toMatchObject([{ eventId: "moved", goneAt: null, localDate: "2026-03-20" }]);
  });

  it("removes a moved appointment from a day that this run does not read", async () => {
    have(event({ id: "moved", colorId: "2", start: "2026-01-07T09:00:00Z" }));
    await runTracking(connection.db, { start: "2026-01-05", end: "2026-01-11" });
    have(event({ id: "moved", colorId: "2", start: "2026-02-09T09:00:00Z" }));
    const told = await runTracking(connection.db, { date: "2026-02-09" });
    expect(told.changes).toEqual([
      { date: "2026-01-07", changed: { totalSlots: { from: 1, to: 0 }, completed: { from: 1, to: 0 } } },
    ]);
  });

  it("counts a deleted appointment as cancelled, and keeps that after Google has purged it", async () => {
    have(event({ id: "gone1", status: "cancelled" }), event({ id: "gone2", colorId: "2" }));
    expect(day(await runTracking(connection.db), "2026-02-09")).toMatchObject({
      totalSlots: 2,
      cancelled: 1,
      completed: 1,
    });
    have(); // both purged
    const purged = await runTracking(connection.db);
    expect(purged.gone).toBe(1);
    expect(day(purged, "2026-02-09")).toMatchObject({ totalSlots: 1, cancelled: 1, completed: 0 });
  });

  it("completes a cancelled instance with the details of its series", async () => {
    const series = (fields: Parameters<typeof instance>[2] = {}) => [
      instance("kurs1", "2026-02-02T09:00:00Z", { summary: "Eva Sommer", colorId: "5" }),
      instance("kurs1", "2026-02-09T09:00:00Z", { summary: "Eva Sommer", colorId: "5", ...fields }),
    ];
    have(...series({ status: "cancelled" }));
    const told = await runTracking(connection.db);
    expect(day(told, "2026-02-09")).toMatchObject({ totalSlots: 1, cancelled: 1 });
    expect((await stored())[1]).toMatchObject({
      title: "Eva Sommer",
      consultant: "Anna Vogel",
      potential: "closer_needed",
      customerKey: "eva sommer",
      outcome: "cancelled",
      reason: "the event's status is cancelled",
    });
  });

  it("does not count a cancelled instance of a series of placeholders", async () => {
    have(
      instance("slots", "2026-02-02T09:00:00Z", { summary: "12" }),
      instance("slots", "2026-02-09T09:00:00Z", { summary: "12", status: "cancelled" }),
    );
    expect(await runTracking(connection.db)).toMatchObject({ placeholders: 2 });
    expect((await stored()).map(({ outcome }) => outcome)).toEqual(["placeholder", "placeholder"]);
  });

  it("keeps the details of an instance that is cancelled later", async () => {
    have(instance("lone1", "2026-02-09T09:00:00Z", { summary: "Ada Lovelace", colorId: "7" }));
    await runTracking(connection.db);
    have(instance("lone1", "2026-02-09T09:00:00Z", { status: "cancelled" }));
    await runTracking(connection.db);
    expect(await stored()).toMatchObject([{ title: "Ada Lovelace", outcome: "cancelled", potential: "top" }]);
  });

  it("counts a moved instance next to the one at the same time", async () => {
    have(
      instance("kurs2", "2026-02-02T09:00:00Z", { start: "2026-02-09T09:00:00Z", colorId: "2" }),
      instance("kurs2", "2026-02-09T09:00:00Z", { colorId: "11" }),
    );
    expect(day(await runTracking(connection.db), "2026-02-09")).toMatchObject({
      totalSlots: 2,
      completed: 1,
      noShows: 1,
    });
  });

  it("counts an appointment across midnight once, on the day of its start", async () => {
    have(event({ id: "night", colorId: "2", start: "2026-02-08T22:30:00Z", end: "2026-02-08T23:30:00Z" }));
    const sunday = await runTracking(connection.db, { date: "2026-02-08" });
    const monday = await runTracking(connection.db, { date: "2026-02-09" });
    expect([sunday.days[0], monday.days[0]]).toMatchObject([{ totalSlots: 1 }, { totalSlots: 0 }]);
    expect(monday).toMatchObject({ appointments: 0, gone: 0 });
    await empty(connection.db);
    expect(await runTracking(connection.db, { date: "2026-02-09" })).toMatchObject({ appointments: 0, added: 0 }); // only listed with the range
  });

  it("finds an appointment of no length at the first midnight of its range", async () => {
    have(event({ id: "point", colorId: "2", start: "2026-02-08T23:00:00Z", end: "2026-02-08T23:00:00Z" }));
    await runTracking(connection.db, { date: "2026-02-09" });
    const again = await runTracking(connection.db, { date: "2026-02-09" });
    expect(again).toMatchObject({ gone: 0, days: [{ totalSlots: 1 }] });
  });

  it("counts neither all-day events nor titles of digits only", async () => {
    have(event({ start: "2026-02-09", summary: "Urlaub Anna" }), event({ summary: " 42 " }), event({ colorId: "2" }));
    const told = await runTracking(connection.db);
    expect(told).toMatchObject({ appointments: 3, placeholders: 2 });
    expect(day(told, "2026-02-09")).toMatchObject({ totalSlots: 1 });
  });

  it("keeps events of the same id in two calendars apart", async () => {
    google.calendars = {
      one: [event({ id: "same1", colorId: "2" })],
      two: [event({ id: "same1", colorId: "11", organizer: { email: "nobody@club.example" } })],
    };
    configureGoogle(google);
    const told = await runTracking(connection.db);
    expect(day(told, "2026-02-09")).toMatchObject({ totalSlots: 2, completed: 1, noShows: 1 });
    expect((await stored()).map(({ calendarId, consultant }) => `${calendarId} ${consultant}`).sort()).toEqual([
      "one Anna Vogel",
      "two Unknown",
    ]);
  });

  it.each([
    ["Überhang Meier".normalize("NFC"), "overhang"],
    ["Überhang Meier".normalize("NFD"), "overhang"],
    ["Ueberhang Meier", "overhang"],
    ["Meier (nicht erschienen)", "no_show"],
    ["Meier (erschienen)", "completed"],
    ["Meier [GHOST]", "ghost"],
    ["Peter Ghost", "completed"],
  ])("reads %j from Google as %s", async (summary, outcome) => {
    have(event({ summary, colorId: "42" }));
    await runTracking(connection.db);
    expect(await stored()).toMatchObject([{ outcome }]);
  });

  it("reads the consultant from the description if the organizer is unknown", async () => {
    const description = "<p>Erstgespräch</p><p>[Booked by: Ben&nbsp;Krause]</p>";
    have(event({ organizer: { email: "tool@club.example" }, description }));
    await runTracking(connection.db);
    expect(await stored()).toMatchObject([{ consultant: "Ben Krause", organizer: "tool@club.example" }]);
  });

  it("requests only the fields it needs, and stores no description and no guests", async () => {
    have(event({ description: "Telefon 0170 1234567 [Booked by: Anna]" }));
    await runTracking(connection.db);
    expect(JSON.stringify(await stored())).not.toContain("0170");
    expect(google.lists()[0]?.query.get("fields")).not.toContain("attendees");
  });
});
