import { type SQL, sql } from "drizzle-orm";
import { at, type Db, instantOf, rows } from "../../db/db.ts";
import { AppError, describeError } from "../../errors.ts";
import { hasPlace, IS_ACTIVE, isInFuture, keepsNotice } from "../free-slots/bookable-slots.ts";

/** A slot, and whether the database would give away a place in it. */
export interface SlotCapacity {
  providerId: string;
  serviceId: string;
  startsAt: Date;
  minNoticeMinutes: number;
  /** The first condition that fails (free-slots/bookable-slots.ts); null if a place can be taken. */
  refusal: "inactive" | "past" | "too-late" | "full" | null;
  /** Whether the provider has expired holds: they must be released before a place is taken (holds.ts). */
  hasExpiredHolds: boolean;
}

/**
 * Reads a slot and whether a place in it can be taken.
 * @param requestedAt When the place was requested; the minimum notice counts from then.
 * @throws AppError `not-found`.
 */
export async function readSlotCapacity(db: Db, slotId: number, now: Date, requestedAt = now): Promise<SlotCapacity> {
  const liveHolds = sql`(select count(*) from slot_holds as hold where hold.slot_id = slot.id and hold.expires_at > ${at(now)})`;
  const [slot] = await rows<Omit<SlotCapacity, "startsAt"> & { startsAt: string }>(
    db,
    sql`select slot.provider_id as "providerId", slot.service_id as "serviceId", slot.starts_at as "startsAt",
        service.min_notice_minutes as "minNoticeMinutes",
        case when not (${IS_ACTIVE}) then 'inactive'
          when not ${isInFuture(now)} then 'past'
          when not ${keepsNotice(requestedAt)} then 'too-late'
          when not ${hasPlace(sql`slot.booked_count + ${liveHolds}`)} then 'full' end as refusal,
        exists (select from slot_holds as hold
          where hold.provider_id = slot.provider_id and hold.expires_at <= ${at(now)}) as "hasExpiredHolds"
      from booking_slots as slot
        join services as service on service.id = slot.service_id
        join providers as provider on provider.id = slot.provider_id
      where slot.id = ${slotId}`,
  );
  if (slot === undefined) throw new AppError("not-found", `There is no slot with the id ${slotId}.`);
  return { ...slot, startsAt: instantOf(slot.startsAt) };
}

/** Explains why no place can be taken; undefined if one can. The answer may be outdated: only `takePlaceSql` decides. */
export function refusalError({ refusal, startsAt, minNoticeMinutes }: SlotCapacity): AppError | undefined {
  switch (refusal) {
    case null:
      return undefined;
    case "inactive":
      return new AppError("not-bookable", "The service or the provider of this slot is not active.");
    case "past":
      return new AppError("not-bookable", `This slot has already started, at ${startsAt.toISOString()}.`);
    case "too-late":
      return new AppError(
        "too-late",
        `This slot must be booked at least ${minNoticeMinutes} minutes before it starts.`,
      );
    case "full":
      return new AppError("slot-full", "This slot has no free place.");
  }
}

/**
 * Builds the update of `booking_slots` that takes a place, the only statement that decides who gets one. It is meant for
 * the `with` of the statement that writes the booking or hold, and returns the slot with the service's and provider's
 * fields that a booking copies. The caller holds the provider's lock and has released expired holds. The table's exclusion
 * constraint rejects a place that overlaps another slot of the provider.
 */
export function takePlaceSql(slotId: number, column: "booked_count" | "held_count", now: Date, requestedAt = now): SQL {
  const count = sql.identifier(column);
  return sql`update booking_slots as slot set ${count} = slot.${count} + 1
    from services as service, providers as provider
    where slot.id = ${slotId} and service.id = slot.service_id and provider.id = slot.provider_id
      and ${IS_ACTIVE} and ${isInFuture(now)} and ${keepsNotice(requestedAt)}
      and ${hasPlace(sql`slot.booked_count + slot.held_count`)}
    returning slot.*, service.name as service_name, service.confirmation_required,
      provider.name as provider_name, provider.timezone as provider_timezone`;
}

/**
 * Runs a statement that contains `takePlaceSql`. @returns its row.
 * @throws AppError `provider-busy`, or the reason that a second look at the slot finds.
 */
export async function reservePlace(
  tx: Db,
  statement: SQL,
  slotId: number,
  now: Date,
  requestedAt = now,
): Promise<Record<string, unknown>> {
  const [row] = await rows<Record<string, unknown>>(tx, statement).catch((error: unknown) => {
    throw describeError(error).code === EXCLUSION_VIOLATION ? providerBusy(error) : error;
  });
  if (row !== undefined) return row;
  const refusal = refusalError(await readSlotCapacity(tx, slotId, now, requestedAt));
  throw refusal ?? new AppError("conflict", "This slot is being changed right now. Please try again.");
}

const EXCLUSION_VIOLATION = "23P01";

function providerBusy(cause: unknown): AppError {
  return new AppError("provider-busy", "The provider is already booked at this time.", { cause });
}
