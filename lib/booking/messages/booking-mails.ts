import { sql } from "drizzle-orm";
import { config } from "../../config/config.ts";
import { at, type Db, json, rows } from "../../db/db.ts";
import { type NewMail, queueMails } from "../../mail/queue/enqueue.ts";
import { bookingSeed, canMakeTokens, TOKEN_PLACEHOLDER } from "../../mail/queue/link-token.ts";
import { sender } from "../../mail/sender.ts";
import type { Booking } from "../bookings/schema.ts";
import { bookingLetter } from "./booking-letter.ts";
import type { Occasion } from "./booking-words.ts";
import { type Calendar, invitation, type Organizer } from "./invitation.ts";

/** What a customer is told: each change of a booking by mail, with its .ics, and a reminder before it begins. */
export type BookingEvent = "booked" | "confirmed" | "rescheduled" | "cancelled";

/**
 * Queues the mail about a change, in the transaction that makes it, and sees to the reminder. No setting of the mail's
 * keeps anybody from booking: what waits in the queue goes out when there is a sender.
 * @param booking As it is after the change.
 */
export async function notifyCustomer(tx: Db, booking: Booking, news: BookingEvent, now: Date): Promise<void> {
  if (news !== "booked") await skipReminders(tx, booking, now);
  if (booking.customerEmail === "") return; // forgotten (booking-retention.ts)
  const organizer = organizerOf();
  const link = linkTo(booking);
  const occasion = news === "booked" && booking.status === "pending" ? "requested" : news;
  const told: NewMail = {
    ...mailAbout(booking, occasion, link),
    dedupeKey: `booking:${booking.id}:${news}:${booking.sequence}`,
    calendar: invitation(booking, calendarOf(booking), organizer, now),
  };
  const due = reminderDue(booking, now);
  const reminder = due && {
    ...mailAbout(booking, "reminder", link),
    dedupeKey: reminderKey(booking.id, booking.sequence),
    scheduledAt: due,
    expiresAt: booking.startsAt, // after an outage, say
  };
  await queueMails(tx, reminder === undefined ? [told] : [told, reminder], organizer.domain, now);
}

/**
 * Takes back the reminders of what a booking was before, by their exact keys: there is one for each change at most. One
 * that a dispatcher holds is taken from it, since without its lease it hands nothing over; one that failed because the
 * server could not be reached must not come back with it (queue-claims.ts).
 */
async function skipReminders(tx: Db, { id, sequence }: Booking, now: Date): Promise<void> {
  const reminders = Array.from({ length: sequence }, (_, before) => reminderKey(id, before));
  await rows(
    tx,
    sql`update email_queue set status = 'skipped', error = 'booking-changed', processed_at = ${at(now)},
        failed_after_retries = false, lease_token = null, lease_until = null
      where dedupe_key in (select jsonb_array_elements_text(${json(reminders)})) and handed_over_at is null
        and (status in ('pending', 'retrying') or status = 'failed' and failure = 'connection')`,
  );
}

const reminderKey = (id: string, sequence: number): string => `booking:${id}:reminder:${sequence}`;

/** Whoever is told within this time of the reminder needs none. */
const SOON_MS = 3_600_000;
const HOUR_MS = 3_600_000;

/** When the reminder is to go out; undefined where there is none, or the mail of this moment is reminder enough. */
function reminderDue({ status, startsAt }: Booking, now: Date): Date | undefined {
  const { reminderHours } = config().bookings;
  if (reminderHours === 0 || status !== "confirmed") return undefined;
  const due = new Date(startsAt.getTime() - reminderHours * HOUR_MS);
  return due.getTime() - now.getTime() < SOON_MS ? undefined : due;
}

function mailAbout(booking: Booking, occasion: Occasion, link: string | undefined) {
  const letter = bookingLetter(booking, occasion, link);
  const tokenSeed = link === undefined ? null : bookingSeed(booking.id, booking.tokenSalt);
  return { userId: null, recipient: booking.customerEmail, unsubscribeUrl: null, tokenSeed, ...letter };
}

function calendarOf({ status }: Booking): Calendar {
  if (status === "cancelled") return "cancelled";
  return status === "pending" ? "tentative" : "confirmed";
}

/** The page of a booking. The token stands behind the `#`: no browser sends that to a server, so none logs it. */
function linkTo({ id, tokenSalt }: Booking): string | undefined {
  const { baseUrl } = config();
  if (baseUrl === undefined || tokenSalt === "" || !canMakeTokens()) return undefined;
  return `${baseUrl}/booking.html#${id}.${TOKEN_PLACEHOLDER}`;
}

/** Whom a calendar shows as the one who invites: the sender, or somebody at this deployment until there is one. */
function organizerOf(): Organizer {
  const { baseUrl, mail } = config();
  if (mail.from !== undefined) return sender();
  const domain = baseUrl === undefined ? "taktwerk.invalid" : new URL(baseUrl).hostname;
  return { name: "", address: `no-reply@${domain}`, domain };
}
