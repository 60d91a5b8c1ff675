import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { bookingResponse } from "../../../lib/booking/bookings/operations/booking-response.ts";
import { bookings as bookingsTable } from "../../../lib/booking/bookings/schema.ts";
import { bookingSlots, providers } from "../../../lib/booking/schema.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { jobRuns } from "../../../lib/jobs/schema.ts";
import { emailQueue } from "../../../lib/mail/schema.ts";
import { HOUR_MS } from "../../worlds/slots.ts";
import { DELETE, GET, PATCH, POST } from "../http/api.ts";
import { type Answer, call, type Refusal, type Sent } from "../http/requests.ts";

/** Requests about bookings by customers and operators, and helpers that read or change the tables. */

/** A booking in JSON. */
export type BookingJson = Record<keyof ReturnType<typeof bookingResponse>, unknown> & { id: string };

/** The fields of all responses about bookings. */
export interface BookingReply extends Refusal {
  booking: BookingJson;
  cancelToken: string;
  holdId: string;
  expiresAt: string;
  items: BookingJson[];
  nextCursor: string | null;
}

export type Reply = Answer<BookingReply>;

/** The start of the hour that begins this many hours after the present one. */
export const inHours = (hours: number): Date => new Date((Math.floor(Date.now() / HOUR_MS) + hours) * HOUR_MS);

/** Books a place in a slot. The request is valid unless a test overrides its fields. */
export function book(slotId: number, other: Record<string, unknown> = {}, sent: Sent = {}): Promise<Reply> {
  const json = { slotId, name: "Ada", email: "ada@club.example", ...other };
  const headers = { "idempotency-key": randomUUID(), ...sent.headers };
  return call<BookingReply>(POST, "/api/bookings", { json, token: null, ...sent, headers });
}

/** Books a place with a given Idempotency-Key. */
export const bookWith = (key: string, slotId: number, other: Record<string, unknown> = {}): Promise<Reply> =>
  book(slotId, other, { headers: { "idempotency-key": key } });

/** Books a place and returns the booking with its token. @throws if the request is refused. */
export async function booked(
  slotId: number,
  other: Record<string, unknown> = {},
): Promise<BookingJson & { token: string }> {
  const { status, body } = await book(slotId, other);
  if (status !== 201) throw new Error(`expected to book slot ${slotId}, got ${JSON.stringify(body)}`);
  return { ...body.booking, token: body.cancelToken };
}

/** A booking's id and the token that opens it. */
interface BookingAccess {
  id: string;
  token: string | null;
}

export const show = ({ id, token }: BookingAccess): Promise<Reply> =>
  call<BookingReply>(GET, `/api/bookings/${id}`, { method: "GET", token });

export const cancel = ({ id, token }: BookingAccess, sent: Sent = {}): Promise<Reply> =>
  call<BookingReply>(DELETE, `/api/bookings/${id}`, { method: "DELETE", token, ...sent });

export const reschedule = ({ id, token }: BookingAccess, slotId: unknown, sent: Sent = {}): Promise<Reply> =>
  call<BookingReply>(POST, `/api/bookings/${id}/reschedule`, { json: { slotId }, token, ...sent });

export const hold = (slotId: unknown, sent: Sent = {}): Promise<Reply> =>
  call<BookingReply>(POST, `/api/slots/${slotId}/hold`, { method: "POST", token: null, ...sent });

export const releaseHold = (slotId: number, holdId: unknown): Promise<Reply> =>
  call<BookingReply>(DELETE, `/api/slots/${slotId}/hold`, { method: "DELETE", json: { holdId }, token: null });

/** Sets a booking's status as the operator. */
export const patch = (id: string, json: unknown, sent: Sent = {}): Promise<Reply> =>
  call<BookingReply>(PATCH, `/api/admin/bookings/${id}`, { method: "PATCH", json, ...sent });

export const inspect = (id: string, sent: Sent = {}): Promise<Reply> =>
  call<BookingReply>(GET, `/api/admin/bookings/${id}`, sent);

export const list = (query: string, sent: Sent = {}): Promise<Reply> =>
  call<BookingReply>(GET, `/api/admin/bookings${query}`, sent);

/** The status of a response, followed by the code and field of its error. */
export function outcome({ status, body }: Reply): string {
  return [status, body.error?.code, body.error?.field].filter((part) => part !== undefined).join(" ");
}

/** The counts `booked/held` of slots, in the order of the ids. */
export async function counts(db: Db, ...slotIds: number[]): Promise<string[]> {
  const slots = await rows<{ id: string; counts: string }>(
    db,
    sql`select id, booked_count || '/' || held_count as counts from booking_slots`,
  );
  const byId = new Map(slots.map(({ id, counts }) => [Number(id), counts]));
  return slotIds.map((id) => byId.get(id) ?? "gone");
}

/** The queued mails of a booking as `event:sequence`, in order and without reminders. */
export async function mailedEvents(db: Db, id: string): Promise<string[]> {
  const mails = await rows<{ key: string }>(
    db,
    sql`select dedupe_key as key from email_queue where dedupe_key like ${`booking:${id}:%`} order by id`,
  );
  return mails.map(({ key }) => key.split(":").slice(2).join(":")).filter((event) => !event.startsWith("reminder"));
}

/** Moves a booking into the past, as if this many hours had passed. */
export async function passHours(db: Db, id: string, hours: number): Promise<void> {
  await rows(
    db,
    sql`update bookings set starts_at = starts_at - ${hours} * interval '1 hour', ends_at = ends_at - ${hours} * interval '1 hour'
      where id = ${id}`,
  );
}

/** Makes all holds expired. */
export async function expireHolds(db: Db): Promise<void> {
  await rows(db, sql`update slot_holds set expires_at = '2020-01-01T00:00:00Z'`);
}

/** Empties the tables of bookings, which is much faster than emptying every table. */
export async function emptyBookings(db: Db): Promise<void> {
  for (const table of [bookingsTable, bookingSlots, providers, emailQueue, jobRuns]) await db.delete(table);
}
