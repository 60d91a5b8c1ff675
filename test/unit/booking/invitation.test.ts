import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import type { Booking } from "../../../lib/booking/bookings/schema.ts";
import { type InvitationStatus, invitation } from "../../../lib/booking/messages/invitation.ts";
import { runs } from "../../support/thorough.ts";
import { booking } from "../../worlds/bookings.ts";

/** Invitations, read by an independent parser. */

const NOW = new Date("2026-02-09T06:00:00Z");
const ORGANIZER = { name: "Taktwerk", address: "mail@club.example", domain: "club.example" };

const written = (over: Partial<Booking> = {}, status: InvitationStatus = "confirmed", organizer = ORGANIZER) =>
  invitation(booking(over), status, organizer, NOW);

function parsed(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const [component, ...others] = calendar.getAllSubcomponents();
  expect(component?.name).toBe("vevent");
  expect(others).toEqual([]);
  const event = new ICAL.Event(component);
  const property = (name: string) => component?.getFirstProperty(name);
  return {
    method: calendar.getFirstPropertyValue("method"),
    version: calendar.getFirstPropertyValue("version"),
    uid: event.uid,
    sequence: event.sequence,
    summary: event.summary,
    starts: event.startDate.toString(),
    ends: event.endDate.toString(),
    stamped: String(property("dtstamp")?.getFirstValue()),
    status: property("status")?.getFirstValue(),
    organizer: { name: property("organizer")?.getParameter("cn"), address: property("organizer")?.getFirstValue() },
    attendee: property("attendee"),
    attendees: component?.getAllProperties("attendee").length,
  };
}

const ID = "0b7e2f6e-5d2c-4c0b-9d39-2d3d2f1c9b11";

describe("an invitation", () => {
  it.each([
    ["confirmed", "REQUEST", "CONFIRMED"],
    ["tentative", "REQUEST", "TENTATIVE"],
    ["cancelled", "CANCEL", "CANCELLED"],
  ] as const)("to a %s booking has the method %s and the status %s", (calendar, method, status) => {
    expect(parsed(written({ id: ID, sequence: 3 }, calendar))).toMatchObject({
      method,
      status,
      version: "2.0",
      uid: `booking-${ID}@club.example`,
      sequence: 3,
      summary: "Massage – Praxis Nord",
      starts: "2026-03-10T09:00:00Z",
      ends: "2026-03-10T10:00:00Z",
      stamped: "2026-02-09T06:00:00Z",
      organizer: { name: "Taktwerk", address: "mailto:mail@club.example" },
      attendees: 1,
    });
  });

  it("lists the customer as an attendee who has accepted", () => {
    const { attendee } = parsed(written());
    expect(String(attendee?.getFirstValue()).toLowerCase()).toBe("mailto:ada@club.example");
    expect(attendee?.getParameter("partstat")).toBe("ACCEPTED");
    expect(attendee?.getParameter("rsvp")).toBe("FALSE");
    expect(attendee?.getParameter("cn")).toBe("Ada");
  });

  it("is the same text for the same booking at the same instant", () => {
    expect(written({ id: ID })).toBe(written({ id: ID }));
  });

  it("uses the address as the organizer's name if no name is known", () => {
    const { organizer } = parsed(written({}, "confirmed", { ...ORGANIZER, name: "" }));
    expect(organizer).toEqual({ name: "mail@club.example", address: "mailto:mail@club.example" });
  });

  const part = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc.constantFrom(
      ",",
      ";",
      ":",
      "\\",
      "\\n",
      '"',
      "^n",
      "^^",
      "ß",
      "🏋️‍♀️",
      "Ä".repeat(80),
      " ",
      "END:VEVENT",
      "\r\n",
      "\t",
    ),
  );
  const name = fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(""));

  it("keeps any name (with replacements in parameters) in lines of at most 75 bytes, without splitting a character", () => {
    fc.assert(
      fc.property(name, name, name, (serviceName, providerName, customerName) => {
        const text = written({ serviceName, providerName, customerName }, "confirmed", {
          ...ORGANIZER,
          name: providerName,
        });
        expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
        expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
        for (const line of text.split("\r\n")) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line.isWellFormed()).toBe(true);
        }
        const { summary, attendee, organizer, uid } = parsed(text);
        const plain = (value: string) => value.replace(/\p{Cc}+/gu, " ").trim();
        expect(summary).toBe(plain(`${serviceName} – ${providerName}`));
        expect(String(attendee?.getFirstValue()).toLowerCase()).toBe("mailto:ada@club.example");
        const parameter = (value: string) => plain(value.replaceAll('"', "'").replace(/[\\^]/g, " "));
        expect(attendee?.getParameter("cn")).toBe(parameter(customerName) || "ada@club.example");
        expect(organizer.name).toBe(parameter(providerName) || "mail@club.example");
        expect(uid).toMatch(/^booking-[\w-]+@club\.example$/);
      }),
      { numRuns: runs(1000) },
    );
  });
});
