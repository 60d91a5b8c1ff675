import ical, { ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from "ical-generator";
import { mailtoAddress } from "../../email-address.ts";
import { toSingleLine } from "../../text.ts";
import type { Booking } from "../bookings/schema.ts";

/** The ORGANIZER of the calendar event. */
export interface Organizer {
  /** Empty if only the address is known. */
  name: string;
  address: string;
  /** The part of the UID after the `@`. */
  domain: string;
}

/** The status of the booking in the customer's calendar. */
export type InvitationStatus = "confirmed" | "tentative" | "cancelled";

const STATUS = {
  confirmed: ICalEventStatus.CONFIRMED,
  tentative: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
} as const;

/**
 * Writes a booking as an iCalendar object (RFC 5545) that invites or cancels (RFC 5546), with times in UTC. All mails about
 * a booking have the same UID, so calendars replace the event with the lower SEQUENCE. Pure.
 */
export function invitation(booking: Booking, status: InvitationStatus, organizer: Organizer, now: Date): string {
  const { name, address, domain } = organizer;
  const calendar = ical({
    prodId: { company: "Taktwerk", product: "Bookings", language: booking.language.toUpperCase() },
    method: status === "cancelled" ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  calendar.createEvent({
    id: `booking-${booking.id}@${domain}`,
    sequence: booking.sequence,
    stamp: now,
    start: booking.startsAt,
    end: booking.endsAt,
    summary: toSingleLine(`${booking.serviceName} – ${booking.providerName}`),
    status: STATUS[status],
    organizer: { name: parameterText(name) || address, email: mailtoAddress(address) },
    attendees: [
      {
        name: parameterText(booking.customerName) || booking.customerEmail,
        email: mailtoAddress(booking.customerEmail),
        status: ICalAttendeeStatus.ACCEPTED, // the customer made the booking
        rsvp: false,
      },
    ],
  });
  return `${calendar}\r\n`; // the library omits the last line break
}

/** Replaces the characters of a parameter that calendar programs read differently, because not all support RFC 6868. */
const parameterText = (name: string): string => toSingleLine(name.replaceAll('"', "'").replace(/[\\^]/g, " "));
