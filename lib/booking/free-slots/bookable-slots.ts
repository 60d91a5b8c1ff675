import { type SQL, sql } from "drizzle-orm";
import { at } from "../../db/db.ts";
import type { Period } from "../../time/periods.ts";

/**
 * The slots that start in a period and can be booked at `now` (domain, section 6): active, far enough ahead, a place left,
 * and the provider neither booked nor held elsewhere meanwhile, buffers included. A query with all columns of the slots,
 * and `places`, how many are left. A hold whose time is over holds nothing, whether or not it has been cleared.
 * @param providerId Whose; undefined for everybody's.
 */
export function bookableSlots(providerId: string | undefined, { start, end }: Period, now: Date): SQL {
  const theirs = providerId === undefined ? sql`true` : sql`provider_id = ${providerId}`;
  const busy = sql`tstzrange(busy_from, busy_until)`;
  return sql`
    with live as materialized (
      select slot_id, count(*)::int as held from slot_holds where expires_at > ${at(now)} and ${theirs} group by slot_id
    ), elsewhere as materialized (
      -- what is booked or held never overlaps (the exclusion constraint, whose index finds it), so this is all there is
      select provider_id, range_agg(${busy}) as taken
      from booking_slots as slot left join live on live.slot_id = slot.id
      where ${theirs} and booked_count + held_count > 0 and (booked_count > 0 or held > 0)
        and ${busy} && tstzrange(${at(start)} - ${FAR}, ${at(end)} + ${FAR})
      group by provider_id
    )
    select slot.*, capacity - booked_count - coalesce(held, 0) as places
    from (select * from booking_slots where ${theirs} and starts_at >= ${at(start)} and starts_at < ${at(end)}) as slot
      join services as service on service.id = slot.service_id and service.active
      join providers as provider on provider.id = slot.provider_id and provider.active
      left join live on live.slot_id = slot.id
      left join elsewhere on elsewhere.provider_id = slot.provider_id
    where slot.starts_at > ${at(now)}
      and slot.starts_at >= ${at(now)} + service.min_notice_minutes * interval '1 minute'
      and capacity - booked_count - coalesce(held, 0) > 0
      and (booked_count > 0 or held > 0 or taken is null or not taken && ${busy})`;
}

/** Longer than any slot and its buffers, so that what reaches into the period is seen. */
const FAR = sql`interval '2 days'`;
