import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import * as adminBooking from "../../../api/admin/bookings/[id].ts";
import * as adminBookings from "../../../api/admin/bookings.ts";
import * as rescheduling from "../../../api/bookings/[id]/reschedule.ts";
import * as booking from "../../../api/bookings/[id].ts";
import * as bookings from "../../../api/bookings.ts";
import * as holding from "../../../api/slots/[id]/hold.ts";
import type { bookingResponse } from "../../../lib/booking/bookings/routes/booking-response.ts";
import { bookings as bookingsTable } from "../../../lib/booking/bookings/schema.ts";
import { bookingSlots, providers } from "../../../lib/booking/schema.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { jobRuns } from "../../../lib/jobs/schema.ts";
import { emailQueue } from "../../../lib/mail/schema.ts";
import { HOUR_MS } from "../../worlds/slots.ts";
import { type Answer, call, type Refusal, type Sent } from "../http/requests.ts";

/** Requests about bookings as customers and operators make them, and what the tables hold afterwards. */

/** A booking as JSON has it. */
export type Shown = Record<keyof ReturnType<typeof bookingResponse>, unknown> & { id: string };

export interface Told extends Refusal {
  booking: Shown;
  cancelToken: string;
  holdId: string;
  expiresAt: string;
  bookings: Shown[];
  next: string | null;
}

export type Reply = Answer<Told>;

/** The hour that begins so many hours from now, at the full hour. */
export const inHours = (hours: number): Date => new Date((Math.floor(Date.now() / HOUR_MS) + hours) * HOUR_MS);

/** Asks for a place in a slot; valid unless a test says otherwise. */
export function book(slotId: number, other: Record<string, unknown> = {}, sent: Sent = {}): Promise<Reply> {
  const json = { slotId, name: "Ada", email: "ada@club.example", ...other };
  const headers = { "idempotency-key": randomUUID(), ...sent.headers };
  return call<Told>(bookings.POST, "/api/bookings", { json, token: null, ...sent, headers });
}

/** Asks for a place with a key of one's own. */
export const bookWith = (key: string, slotId: number, other: Record<string, unknown> = {}): Promise<Reply> =>
  book(slotId, other, { headers: { "idempotency-key": key } });

/** A booking that has been made, with its token. @throws where it could not be. */
export async function booked(slotId: number, other: Record<string, unknown> = {}): Promise<Shown & { token: string }> {
  const { status, body } = await book(slotId, other);
  if (status !== 201) throw new Error(`expected to book slot ${slotId}, got ${JSON.stringify(body)}`);
  return { ...body.booking, token: body.cancelToken };
}

interface Known {
  id: string;
  token: string | null;
}

export const show = ({ id, token }: Known): Promise<Reply> =>
  call<Told>(booking.GET, `/api/bookings/${id}`, { method: "GET", token });

export const cancel = ({ id, token }: Known, sent: Sent = {}): Promise<Reply> =>
  call<Told>(booking.DELETE, `/api/bookings/${id}`, { method: "DELETE", token, ...sent });

export const reschedule = ({ id, token }: Known, slotId: unknown, sent: Sent = {}): Promise<Reply> =>
  call<Told>(rescheduling.POST, `/api/bookings/${id}/reschedule`, { json: { slotId }, token, ...sent });

export const hold = (slotId: unknown, sent: Sent = {}): Promise<Reply> =>
  call<Told>(holding.POST, `/api/slots/${slotId}/hold`, { method: "POST", token: null, ...sent });

export const drop = (slotId: number, holdId: unknown): Promise<Reply> =>
  call<Told>(holding.DELETE, `/api/slots/${slotId}/hold`, { method: "DELETE", json: { holdId }, token: null });

/** The operator sets a booking's status. */
export const patch = (id: string, json: unknown, sent: Sent = {}): Promise<Reply> =>
  call<Told>(adminBooking.PATCH, `/api/admin/bookings/${id}`, { method: "PATCH", json, ...sent });

export const inspect = (id: string, sent: Sent = {}): Promise<Reply> =>
  call<Told>(adminBooking.GET, `/api/admin/bookings/${id}`, sent);

export const list = (query: string, sent: Sent = {}): Promise<Reply> =>
  call<Told>(adminBookings.GET, `/api/admin/bookings${query}`, sent);

/** The status of an answer, and the code and the field of its error. */
export function outcome({ status, body }: Reply): string {
  return [status, body.error?.code, body.error?.field].filter((part) => part !== undefined).join(" ");
}

/** `booked/held` of slots, in the order asked for. */
export async function counts(db: Db, ...slotIds: number[]): Promise<string[]> {
  const found = await rows<{ id: string; counts: string }>(
    db,
    sql`select id, booked_count || '/' || held_count as counts from booking_slots`,
  );
  const byId = new Map(found.map(({ id, counts }) => [Number(id), counts]));
  return slotIds.map((id) => byId.get(id) ?? "gone");
}

/** What a booking's customer has been told, `news:sequence` in order, reminders left out. */
export async function news(db: Db, id: string): Promise<string[]> {
  const mails = await rows<{ key: string }>(
    db,
    sql`select dedupe_key as key from email_queue where dedupe_key like ${`booking:${id}:%`} order by id`,
  );
  return mails.map(({ key }) => key.split(":").slice(2).join(":")).filter((told) => !told.startsWith("reminder"));
}

/** Lets time pass for a booking: it is now as if so many hours later. */
export async function hoursPass(db: Db, id: string, hours: number): Promise<void> {
  await rows(
    db,
    sql`update bookings set starts_at = starts_at - ${hours} * interval '1 hour', ends_at = ends_at - ${hours} * interval '1 hour'
      where id = ${id}`,
  );
}

/** Lets the time of all holds be over. */
export async function holdsExpire(db: Db): Promise<void> {
  await rows(db, sql`update slot_holds set expires_at = '2020-01-01T00:00:00Z'`);
}

/** Deletes bookings and what they are made of; emptying every table costs a hundred times that. */
export async function emptyBookings(db: Db): Promise<void> {
  for (const table of [bookingsTable, bookingSlots, providers, emailQueue, jobRuns]) await db.delete(table);
}
