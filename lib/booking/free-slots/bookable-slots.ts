import { type SQL, sql } from "drizzle-orm";
import { at } from "../../db/db.ts";
import type { Period } from "../../time/periods.ts";

/**
 * The rule by which a slot can be booked (docs/domain.md, section 6), as SQL conditions on the tables `slot`, `service` and
 * `provider`. The list of free slots, the update that takes a place and the explanation of a refusal (reserve.ts) all use
 * them. The exclusion constraint of `booking_slots` adds the last part: a provider is in one place at a time.
 */
export const IS_ACTIVE: SQL = sql`service.active and provider.active`;

export const isInFuture = (now: Date): SQL => sql`slot.starts_at > ${at(now)}`;

/** Exactly the minimum notice is enough. @param requestedAt When the customer asked: when a hold was made, or now. */
export const keepsNotice = (requestedAt: Date): SQL =>
  sql`slot.starts_at >= ${at(requestedAt)} + service.min_notice_minutes * interval '1 minute'`;

/** @param taken The expression that counts the booked and held places. */
export const hasPlace = (taken: SQL): SQL => sql`${taken} < slot.capacity`;

/**
 * Builds a query for the slots that start in a period and can be booked at `now`. It returns all columns of the slots, and
 * `places`, the number of free places. An expired hold does not count, even if it is still stored.
 * @param providerId Limits the query to one provider; undefined means all.
 */
export function bookableSlots(providerId: string | undefined, { start, end }: Period, now: Date): SQL {
  const ofProvider = providerId === undefined ? sql`true` : sql`provider_id = ${providerId}`;
  const busy = sql`tstzrange(busy_from, busy_until)`;
  const taken = sql`booked_count + coalesce(held, 0)`;
  return sql`
    with live as materialized (
      select slot_id, count(*)::int as held from slot_holds where expires_at > ${at(now)} and ${ofProvider} group by slot_id
    ), elsewhere as materialized (
      -- booked or held periods never overlap (the exclusion constraint, whose index this uses), so one range holds them all
      select provider_id, range_agg(${busy}) as taken
      from booking_slots as slot left join live on live.slot_id = slot.id
      where ${ofProvider} and booked_count + held_count > 0 and (booked_count > 0 or held > 0)
        and ${busy} && tstzrange(${at(start)} - ${MAX_REACH}, ${at(end)} + ${MAX_REACH})
      group by provider_id
    )
    select slot.*, capacity - (${taken}) as places
    from (select * from booking_slots where ${ofProvider} and starts_at >= ${at(start)} and starts_at < ${at(end)}) as slot
      join services as service on service.id = slot.service_id
      join providers as provider on provider.id = slot.provider_id
      left join live on live.slot_id = slot.id
      left join elsewhere on elsewhere.provider_id = slot.provider_id
    where ${IS_ACTIVE} and ${isInFuture(now)} and ${keepsNotice(now)} and ${hasPlace(taken)}
      and (booked_count > 0 or held > 0 or taken is null or not taken && ${busy})`;
}

/** Longer than any slot with its buffers, so that slots reaching into the period are included. */
const MAX_REACH = sql`interval '2 days'`;
