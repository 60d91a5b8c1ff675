import ical, { ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from "ical-generator";
import { mailtoAddress } from "../../email-address.ts";
import type { Booking } from "../bookings/schema.ts";

/** Who invites. */
export interface Organizer {
  /** Empty where only the address is known. */
  name: string;
  address: string;
  /** Right-hand side of the UID. */
  domain: string;
}

/** What the calendar is to show of a booking. */
export type Calendar = "confirmed" | "tentative" | "cancelled";

const STATUS = {
  confirmed: ICalEventStatus.CONFIRMED,
  tentative: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
} as const;

/**
 * A booking as an iCalendar object (RFC 5545) that invites, or cancels (RFC 5546), with times in UTC. The UID is the same
 * in all mails about it, so that each replaces the one with the lower SEQUENCE before. Pure.
 */
export function invitation(booking: Booking, calendar: Calendar, organizer: Organizer, now: Date): string {
  const { name, address, domain } = organizer;
  const written = ical({
    prodId: { company: "Taktwerk", product: "Bookings", language: booking.language.toUpperCase() },
    method: calendar === "cancelled" ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  written.createEvent({
    id: `booking-${booking.id}@${domain}`,
    sequence: booking.sequence,
    stamp: now,
    start: booking.startsAt,
    end: booking.endsAt,
    summary: inOneLine(`${booking.serviceName} – ${booking.providerName}`),
    status: STATUS[calendar],
    organizer: { name: asParameter(name) || address, email: mailtoAddress(address) },
    attendees: [
      {
        name: asParameter(booking.customerName) || booking.customerEmail,
        email: mailtoAddress(booking.customerEmail),
        status: ICalAttendeeStatus.ACCEPTED, // it was the customer who asked for it
        rsvp: false,
      },
    ],
  });
  return `${written}\r\n`; // the library leaves the last line open
}

/** No control characters, which RFC 5545 has no way to write, and no half of a surrogate pair. */
const inOneLine = (name: string): string =>
  name
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .toWellFormed();

/** Without what programs read differently in a parameter: some take RFC 6868 too far, and some know nothing of it. */
const asParameter = (name: string): string => inOneLine(name.replaceAll('"', "'").replace(/[\\^]/g, " "));
