import { sql } from "drizzle-orm";
import { config } from "../../config/config.ts";
import { at, type Db, json, rows } from "../../db/db.ts";
import { type NewMail, queueMails } from "../../mail/queue/enqueue.ts";
import { bookingSeed, canMakeTokens, TOKEN_PLACEHOLDER } from "../../mail/queue/link-token.ts";
import { sender } from "../../mail/sender.ts";
import { HOUR_MS } from "../../time/durations.ts";
import type { Booking } from "../bookings/schema.ts";
import type { Occasion } from "./booking-texts.ts";
import type { InvitationStatus, Organizer } from "./invitation.ts";

/** Changes about which the customer gets a mail with an .ics. A reminder follows before the booking begins. */
export type BookingEvent = "booked" | "confirmed" | "rescheduled" | "cancelled";

/**
 * Queues the mail about a change in the transaction that makes it, and renews the reminder. Mail settings never prevent a
 * booking: without a sender, mails wait in the queue.
 * @param booking The booking after the change.
 */
export async function notifyCustomer(tx: Db, booking: Booking, event: BookingEvent, now: Date): Promise<void> {
  if (event !== "booked") await skipReminders(tx, booking, now);
  if (booking.customerEmail === "") return; // forgotten (bookings/forget-customers.ts)
  const { invitation } = await import("./invitation.ts"); // other requests for bookings do not need it
  const organizer = organizerOf();
  const link = linkTo(booking);
  const occasion = event === "booked" && booking.status === "pending" ? "requested" : event;
  const mail: NewMail = {
    ...(await mailAbout(booking, occasion, link)),
    dedupeKey: `booking:${booking.id}:${event}:${booking.sequence}`,
    calendar: invitation(booking, invitationStatus(booking), organizer, now),
  };
  const due = reminderDue(booking, now);
  const reminder = due && {
    ...(await mailAbout(booking, "reminder", link)),
    dedupeKey: reminderKey(booking.id, booking.sequence),
    scheduledAt: due,
    expiresAt: booking.startsAt, // so that no reminder is late, for example after an outage
  };
  await queueMails(tx, reminder === undefined ? [mail] : [mail, reminder], organizer.domain, now);
}

/**
 * Skips the reminders of the booking's earlier states by their exact keys; each change has at most one. A reminder that a
 * dispatcher has claimed loses its lease, so the dispatcher does not send it. A reminder that failed because the server
 * was unreachable is skipped too, so that it does not return with the server (queue-claims.ts).
 */
async function skipReminders(tx: Db, { id, sequence }: Booking, now: Date): Promise<void> {
  const reminders = Array.from({ length: sequence }, (_, earlier) => reminderKey(id, earlier));
  await rows(
    tx,
    sql`update email_queue set status = 'skipped', error = 'booking-changed', processed_at = ${at(now)},
        failed_after_retries = false, lease_token = null, lease_until = null
      where dedupe_key in (select jsonb_array_elements_text(${json(reminders)})) and handed_over_at is null
        and (status in ('pending', 'retrying') or status = 'failed' and failure = 'connection')`,
  );
}

const reminderKey = (id: string, sequence: number): string => `booking:${id}:reminder:${sequence}`;

/** A mail sent less than this before the reminder makes the reminder unnecessary. */
const MIN_LEAD_MS = HOUR_MS;

/** When to send the reminder; undefined if there is none, or if the present mail comes shortly before it. */
function reminderDue({ status, startsAt }: Booking, now: Date): Date | undefined {
  const { reminderHours } = config().bookings;
  if (reminderHours === 0 || status !== "confirmed") return undefined;
  const due = new Date(startsAt.getTime() - reminderHours * HOUR_MS);
  return due.getTime() - now.getTime() < MIN_LEAD_MS ? undefined : due;
}

async function mailAbout(booking: Booking, occasion: Occasion, link: string | undefined) {
  const { bookingLetter } = await import("./booking-letter.ts");
  const letter = bookingLetter(booking, occasion, link);
  const tokenSeed = link === undefined ? null : bookingSeed(booking.id, booking.tokenSalt);
  return { userId: null, recipient: booking.customerEmail, unsubscribeUrl: null, tokenSeed, ...letter };
}

function invitationStatus({ status }: Booking): InvitationStatus {
  if (status === "cancelled") return "cancelled";
  return status === "pending" ? "tentative" : "confirmed";
}

/** The link to the booking's page. Browsers do not send the part after `#` to a server, so no log contains the token. */
function linkTo({ id, tokenSalt }: Booking): string | undefined {
  const { baseUrl } = config();
  if (baseUrl === undefined || tokenSalt === "" || !canMakeTokens()) return undefined;
  return `${baseUrl}/booking.html#${id}.${TOKEN_PLACEHOLDER}`;
}

/** The organizer in the .ics: the sender of mails, or a no-reply address of this deployment if none is set. */
function organizerOf(): Organizer {
  const { baseUrl, mail } = config();
  if (mail.from !== undefined) return sender();
  const domain = baseUrl === undefined ? "taktwerk.invalid" : new URL(baseUrl).hostname;
  return { name: "", address: `no-reply@${domain}`, domain };
}
