import { type SQL, sql } from "drizzle-orm";
import { type Db, rows } from "../../../lib/db/db.ts";
import type { ContestedSlot } from "../../worlds/booking-worlds.ts";
import type { RecordedReply } from "./booking-actors.ts";
import { outcome } from "./booking-requests.ts";

/** Conditions that must hold after every round of bookings. Violations are described in words. */

/** Checks undisturbed slots: as many requests succeed as there are places, and the others get `slot-full`. */
export function findCalmFaults(slots: ContestedSlot[], replies: RecordedReply[]): string[] {
  return slots.flatMap(({ slotId, capacity, demand }) => {
    const { won, lost } = resultsOf(replies, slotId);
    const right = won === Math.min(capacity, demand) && lost.every((result) => result === "409 slot-full");
    return right ? [] : [`slot ${slotId}: ${won} of ${demand} got one of ${capacity} places, the others ${lost}`];
  });
}

/** Checks overlapping slots of a provider: one is filled like an undisturbed slot, the other gets no booking. */
export function findRivalFaults(pairs: [ContestedSlot, ContestedSlot][], replies: RecordedReply[]): string[] {
  return pairs.flatMap((pair) => {
    const slots = pair.map((slot) => ({ ...slot, ...resultsOf(replies, slot.slotId) }));
    const winners = slots.filter(({ won }) => won > 0);
    const isRequested = pair.some(({ demand }) => demand > 0);
    const right =
      winners.length === (isRequested ? 1 : 0) &&
      winners.every(({ won, capacity, demand }) => won === Math.min(capacity, demand)) &&
      slots.every(({ lost }) => lost.every((result) => result === "409 slot-full" || result === "409 provider-busy"));
    return right ? [] : [`of two slots that overlap: ${JSON.stringify(slots)}`];
  });
}

function resultsOf(replies: RecordedReply[], slotId: number): { won: number; lost: string[] } {
  const results = replies.filter((reply) => reply.slotId === slotId).map(({ reply }) => outcome(reply));
  return {
    won: results.filter((result) => result === "201").length,
    lost: results.filter((result) => result !== "201"),
  };
}

const EXPECTED: Record<RecordedReply["request"], RegExp> = {
  book: /^201$|^404 not-found$|^409 (slot-full|provider-busy|conflict holdId)$/,
  hold: /^201$|^404 not-found$|^409 (slot-full|provider-busy)$/,
  release: /^200$/,
  cancel: /^200$/,
  move: /^200$|^404 not-found$|^409 (slot-full|provider-busy|conflict)$/,
  patch: /^200$/,
};

/** Checks that every response is expected for its request, and in particular that none is a 5xx. */
export function findReplyFaults(replies: RecordedReply[]): string[] {
  return replies
    .filter(({ request, reply }) => !EXPECTED[request].test(outcome(reply)))
    .map(({ request, slotId, reply }) => `${request} slot ${slotId}: ${reply.status} ${JSON.stringify(reply.body)}`);
}

const TAKEN = sql`select slot.*, (select count(*) from bookings where slot_id = slot.id and status <> 'cancelled') as live,
  (select count(*) from slot_holds where slot_id = slot.id) as held from booking_slots as slot`;

/** Statements that return rows only if something is wrong. */
const FAULTS: Record<string, SQL> = {
  "counts that differ from the bookings and holds": sql`select id, booked_count, live, held_count, held from (${TAKEN}) as slot
    where booked_count <> live or held_count <> held`,
  "more bookings and holds than places": sql`select id, capacity, live, held from (${TAKEN}) as slot where live + held > capacity`,
  "a provider in two places": sql`with taken as (select * from (${TAKEN}) as slot where live + held > 0)
    select a.id, b.id as other from taken as a join taken as b on a.provider_id = b.provider_id and a.id < b.id
      and tstzrange(a.busy_from, a.busy_until) && tstzrange(b.busy_from, b.busy_until)`,
  "a booking that differs from its slot": sql`select booking.id from bookings as booking left join booking_slots as slot on slot.id = slot_id
    where status <> 'cancelled' and (slot.service_id, slot.starts_at, slot.ends_at) is distinct from
      (booking.service_id, booking.starts_at, booking.ends_at)`,
  "a change without exactly one mail": sql`select id, told, sequence from bookings as booking, lateral (
      select array_agg(nth order by nth) as told from email_queue, split_part(dedupe_key, ':', 4) as nth
      where dedupe_key like 'booking:' || booking.id || ':%' and dedupe_key not like '%:reminder:%') as mails
    where told is distinct from array(select generate_series(0, sequence)::text order by 1)`,
  "a reminder of an outdated booking": sql`select dedupe_key from email_queue where dedupe_key like '%:reminder:%'
    and status = 'pending' and not exists (select from bookings as booking
      where dedupe_key = 'booking:' || booking.id || ':reminder:' || sequence and booking.status = 'confirmed')`,
};

/** Checks that the tables are consistent and contain exactly the bookings that were confirmed to customers. */
export async function findTableFaults(db: Db, replies: RecordedReply[]): Promise<string[]> {
  const faults: string[] = [];
  for (const [fault, statement] of Object.entries(FAULTS)) {
    const faulty = await rows(db, statement);
    if (faulty.length > 0) faults.push(`${fault}: ${JSON.stringify(faulty)}`);
  }
  const stored = await rows<{ id: string }>(db, sql`select id from bookings order by id`);
  const answered = replies.filter(({ request, reply }) => request === "book" && reply.status === 201);
  const ids = [...new Set(answered.map(({ reply }) => reply.body.booking.id))].sort();
  if (ids.join() !== stored.map(({ id }) => id).join())
    faults.push(`${ids.length} bookings answered, ${stored.length} made`);
  return faults;
}
