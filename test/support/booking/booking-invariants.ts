import { type SQL, sql } from "drizzle-orm";
import { type Db, rows } from "../../../lib/db/db.ts";
import type { Contested } from "../../worlds/booking-worlds.ts";
import type { Heard } from "./booking-actors.ts";
import { outcome } from "./booking-requests.ts";

/** What must hold after any round of bookings; what does not is told in words. */

/** Of those who asked for a slot nothing else stands in the way of, as many as have a place in it are given one. */
export function faultsOfCalm(slots: Contested[], heard: Heard[]): string[] {
  return slots.flatMap(({ slotId, capacity, wanted }) => {
    const { won, lost } = answersOf(heard, slotId);
    const right = won === Math.min(capacity, wanted) && lost.every((said) => said === "409 slot-full");
    return right ? [] : [`slot ${slotId}: ${won} of ${wanted} got one of ${capacity} places, the others ${lost}`];
  });
}

/** Of two slots that overlap one is given to as many as have a place in it, the other to nobody. */
export function faultsOfRivals(pairs: [Contested, Contested][], heard: Heard[]): string[] {
  return pairs.flatMap((pair) => {
    const told = pair.map((slot) => ({ ...slot, ...answersOf(heard, slot.slotId) }));
    const winners = told.filter(({ won }) => won > 0);
    const asked = pair.some(({ wanted }) => wanted > 0);
    const right =
      winners.length === (asked ? 1 : 0) &&
      winners.every(({ won, capacity, wanted }) => won === Math.min(capacity, wanted)) &&
      told.every(({ lost }) => lost.every((said) => said === "409 slot-full" || said === "409 provider-busy"));
    return right ? [] : [`of two slots that overlap: ${JSON.stringify(told)}`];
  });
}

function answersOf(heard: Heard[], slotId: number): { won: number; lost: string[] } {
  const said = heard.filter((one) => one.slotId === slotId).map(({ reply }) => outcome(reply));
  return { won: said.filter((one) => one === "201").length, lost: said.filter((one) => one !== "201") };
}

const EXPECTED: Record<Heard["asked"], RegExp> = {
  book: /^201$|^404 not-found$|^409 (slot-full|provider-busy|conflict holdId)$/,
  hold: /^201$|^404 not-found$|^409 (slot-full|provider-busy)$/,
  drop: /^200$/,
  cancel: /^200$/,
  move: /^200$|^404 not-found$|^409 (slot-full|provider-busy|conflict)$/,
  patch: /^200$/,
};

/** Nobody gets an answer that means nothing: no 5xx above all. */
export function faultsOfAnswers(heard: Heard[]): string[] {
  return heard
    .filter(({ asked, reply }) => !EXPECTED[asked].test(outcome(reply)))
    .map(({ asked, slotId, reply }) => `${asked} slot ${slotId}: ${reply.status} ${JSON.stringify(reply.body)}`);
}

const TAKEN = sql`select slot.*, (select count(*) from bookings where slot_id = slot.id and status <> 'cancelled') as live,
  (select count(*) from slot_holds where slot_id = slot.id) as held from booking_slots as slot`;

/** Statements that yield nothing while all is well. */
const NEVER: Record<string, SQL> = {
  "counts that are not those of bookings and holds": sql`select id, booked_count, live, held_count, held from (${TAKEN}) as slot
    where booked_count <> live or held_count <> held`,
  "more bookings and holds than places": sql`select id, capacity, live, held from (${TAKEN}) as slot where live + held > capacity`,
  "a provider in two places": sql`with taken as (select * from (${TAKEN}) as slot where live + held > 0)
    select a.id, b.id as other from taken as a join taken as b on a.provider_id = b.provider_id and a.id < b.id
      and tstzrange(a.busy_from, a.busy_until) && tstzrange(b.busy_from, b.busy_until)`,
  "a booking without its slot": sql`select booking.id from bookings as booking left join booking_slots as slot on slot.id = slot_id
    where status <> 'cancelled' and (slot.service_id, slot.starts_at, slot.ends_at) is distinct from
      (booking.service_id, booking.starts_at, booking.ends_at)`,
  "a change told not once": sql`select id, told, sequence from bookings as booking, lateral (
      select array_agg(nth order by nth) as told from email_queue, split_part(dedupe_key, ':', 4) as nth
      where dedupe_key like 'booking:' || booking.id || ':%' and dedupe_key not like '%:reminder:%') as mails
    where told is distinct from array(select generate_series(0, sequence)::text order by 1)`,
  "a reminder of what is not so": sql`select dedupe_key from email_queue where dedupe_key like '%:reminder:%'
    and status = 'pending' and not exists (select from bookings as booking
      where dedupe_key = 'booking:' || booking.id || ':reminder:' || sequence and booking.status = 'confirmed')`,
};

/** What the tables hold is consistent, and holds the bookings that were answered and no others. */
export async function faultsOfTables(db: Db, heard: Heard[]): Promise<string[]> {
  const faults: string[] = [];
  for (const [fault, statement] of Object.entries(NEVER)) {
    const found = await rows(db, statement);
    if (found.length > 0) faults.push(`${fault}: ${JSON.stringify(found)}`);
  }
  const stored = await rows<{ id: string }>(db, sql`select id from bookings order by id`);
  const answered = heard.filter(({ asked, reply }) => asked === "book" && reply.status === 201);
  const ids = [...new Set(answered.map(({ reply }) => reply.body.booking.id))].sort();
  if (ids.join() !== stored.map(({ id }) => id).join())
    faults.push(`${ids.length} bookings answered, ${stored.length} made`);
  return faults;
}
