import { eq, type SQL, sql } from "drizzle-orm";
import { at, type Db, rows } from "../../db/db.ts";
import { AppError, describeError } from "../../errors.ts";
import { bookingSlots, providers, services } from "../schema.ts";

/** What a slot offers to somebody who asks for a place in it. */
export interface Offer {
  providerId: string;
  serviceId: string;
  startsAt: Date;
  minNoticeMinutes: number;
  /** Whether service and provider both are. */
  active: boolean;
  /** Places neither booked nor held; a hold whose time is over counts no more. */
  free: number;
  /** Whether the provider has such holds: whoever takes a place releases them first (holds.ts). */
  overdue: boolean;
}

/** Reads what a slot offers. @throws AppError `not-found`. */
export async function readOffer(db: Db, slotId: number, now: Date): Promise<Offer> {
  const overdue = sql`from slot_holds as hold where hold.expires_at <= ${at(now)}`;
  const overdueHere = sql`(select count(*)::int ${overdue} and hold.slot_id = ${bookingSlots.id})`;
  const [offer] = await db
    .select({
      providerId: bookingSlots.providerId,
      serviceId: bookingSlots.serviceId,
      startsAt: bookingSlots.startsAt,
      minNoticeMinutes: services.minNoticeMinutes,
      active: sql<boolean>`${services.active} and ${providers.active}`,
      free: sql<number>`${bookingSlots.capacity} - ${bookingSlots.bookedCount} - ${bookingSlots.heldCount} + ${overdueHere}`,
      overdue: sql<boolean>`exists (select ${overdue} and hold.provider_id = ${bookingSlots.providerId})`,
    })
    .from(bookingSlots)
    .innerJoin(services, eq(services.id, bookingSlots.serviceId))
    .innerJoin(providers, eq(providers.id, bookingSlots.providerId))
    .where(eq(bookingSlots.id, slotId));
  if (offer === undefined) throw new AppError("not-found", `expected a slot with the id ${slotId}, got none`);
  return offer;
}

/**
 * Why a place cannot be had, as far as one look at the slot tells. It decides nothing: somebody else may come between.
 * @param askedAt When the place was asked for first, from which the minimum notice counts.
 */
export function refusalOf(offer: Offer, now: Date, askedAt = now): AppError | undefined {
  const { startsAt, minNoticeMinutes, active, free } = offer;
  if (!active) return new AppError("not-bookable", "expected a slot of an active service and provider, got another");
  if (startsAt <= now) {
    return new AppError("not-bookable", `expected a slot in the future, got one of ${startsAt.toISOString()}`);
  }
  const notice = minNoticeMinutes * 60_000;
  if (startsAt.getTime() < askedAt.getTime() + notice) {
    return new AppError("too-late", `expected a slot at least ${minNoticeMinutes} minutes ahead, got a nearer one`);
  }
  return free > 0 ? undefined : new AppError("slot-full", "expected a slot with a place left, got a full one");
}

/**
 * The one condition under which a place is taken, as an update of `booking_slots` for a `with` of the statement that
 * writes what took it. Yields the slot with what a booking copies of its service and provider. Whoever runs it holds the
 * provider's lock; two overlapping slots are kept apart by the table's exclusion constraint alone.
 */
export function takePlace(slotId: number, as: "booked_count" | "held_count", now: Date, askedAt = now): SQL {
  const count = sql.identifier(as);
  return sql`update booking_slots as slot set ${count} = slot.${count} + 1
    from services as service, providers as provider
    where slot.id = ${slotId} and service.id = slot.service_id and provider.id = slot.provider_id
      and service.active and provider.active and slot.starts_at > ${at(now)}
      and slot.starts_at >= ${at(askedAt)} + service.min_notice_minutes * interval '1 minute'
      and slot.booked_count + slot.held_count < slot.capacity
    returning slot.*, service.name as service_name, service.confirmation_required,
      provider.name as provider_name, provider.timezone as provider_timezone`;
}

/**
 * Runs a statement around `takePlace`. @returns its row.
 * @throws AppError that says why there is none: `provider-busy`, or what a look at the slot finds.
 */
export async function placeTaken(
  tx: Db,
  statement: SQL,
  slotId: number,
  now: Date,
  askedAt = now,
): Promise<Record<string, unknown>> {
  const [taken] = await rows<Record<string, unknown>>(tx, statement).catch((error: unknown) => {
    throw describeError(error).code === EXCLUSION_VIOLATION ? providerBusy(error) : error;
  });
  if (taken !== undefined) return taken;
  const refusal = refusalOf(await readOffer(tx, slotId, now), now, askedAt);
  throw refusal ?? new AppError("conflict", "the slot is being changed; ask again");
}

const EXCLUSION_VIOLATION = "23P01";

function providerBusy(cause: unknown): AppError {
  return new AppError("provider-busy", "expected a time at which the provider is free, got one that is taken", {
    cause,
  });
}
