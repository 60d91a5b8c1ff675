import { randomUUID } from "node:crypto";
import { asc, eq, sql } from "drizzle-orm";
import { sha256 } from "../../lib/booking/bookings/cancel-token.ts";
import { type BookingStatus, bookings } from "../../lib/booking/bookings/schema.ts";
import {
  availabilityExceptions,
  bookingSlots,
  providerAvailability,
  providers,
  services,
  serviceTimeSlots,
} from "../../lib/booking/schema.ts";
import { applyPlans } from "../../lib/booking/slots/apply-plans.ts";
import { FIRST_CURSOR, loadServices } from "../../lib/booking/slots/load-services.ts";
import { type PlanOptions, planServices } from "../../lib/booking/slots/plan-services.ts";
import { config } from "../../lib/config/config.ts";
import { type Db, json, rows, transact } from "../../lib/db/db.ts";
import { members } from "./club.ts";
import { practices } from "./practices.ts";
import { seededRandom } from "./random.ts";

const DAY_MS = 86_400_000;
const DAYS = 30;
const EVERY_SERVICE = 1_000;

/**
 * Fills a database without providers with those of the demo club, their slots from a month ago to a month ahead, and
 * who has booked them.
 * @returns how many of each; undefined where there were providers already.
 */
export async function seedBookings(
  db: Db,
  now: Date,
): Promise<{ providers: number; services: number; bookings: number } | undefined> {
  if ((await db.$count(providers)) > 0) return undefined;
  const club = practices(now.toISOString().slice(0, 10));
  const made = await transact(db, async (tx) => {
    await tx.insert(providers).values(club.providers);
    await tx.insert(providerAvailability).values(club.windows);
    await tx.insert(availabilityExceptions).values(club.exceptions);
    await tx.insert(services).values(club.services);
    await tx.insert(serviceTimeSlots).values(club.timeSlots);
    await addSlots(tx, new Date(now.getTime() - DAYS * DAY_MS));
    return addBookings(tx, now);
  });
  // The embedded database has no background process that would do this.
  await db.execute(sql`analyze providers, services, booking_slots, bookings`);
  return { providers: club.providers.length, services: club.services.length, bookings: made };
}

/** What maintenance would have written a month ago, had it looked so far ahead. */
async function addSlots(tx: Db, then: Date): Promise<void> {
  const options: PlanOptions = {
    now: then,
    daysAhead: 2 * DAYS,
    maxSlots: config().slots.mostPerService,
    forceCleanup: false,
  };
  const everybody = { providerIds: undefined, serviceIds: undefined };
  const loaded = await loadServices(tx, everybody, FIRST_CURSOR, EVERY_SERVICE, then);
  await applyPlans(tx, await planServices(tx, loaded, options), options, Number.POSITIVE_INFINITY, undefined);
}

type Slot = typeof bookingSlots.$inferSelect;
type NewBooking = typeof bookings.$inferInsert;

/** Members book what takes their fancy, as long as the provider is free; the more so the sooner it is. */
async function addBookings(tx: Db, now: Date): Promise<number> {
  const random = seededRandom(11);
  const offers = new Map((await readOffers(tx)).map((offer) => [offer.serviceId, offer]));
  const freeFrom = new Map<string, Date>();
  const made: NewBooking[] = [];
  const taken: { id: number; booked: number }[] = [];
  for (const slot of await tx.select().from(bookingSlots).orderBy(asc(bookingSlots.busyFrom), asc(bookingSlots.id))) {
    const offer = offers.get(slot.serviceId);
    const busy = slot.busyFrom < (freeFrom.get(slot.providerId) ?? slot.busyFrom);
    if (offer === undefined || busy || random() > appeal(slot, now)) continue;
    const group = Array.from({ length: Math.ceil(random() * slot.capacity) }, () =>
      bookingOf(slot, offer, now, random),
    );
    const booked = group.filter(({ status }) => status !== "cancelled").length;
    made.push(...group);
    taken.push({ id: slot.id, booked });
    if (booked > 0) freeFrom.set(slot.providerId, slot.busyUntil);
  }
  for (let from = 0; from < made.length; from += BATCH)
    await tx.insert(bookings).values(made.slice(from, from + BATCH));
  await rows(
    tx,
    sql`update booking_slots as slot set booked_count = booked
      from jsonb_to_recordset(${json(taken)}) as taken (id bigint, booked int) where slot.id = taken.id and booked > 0`,
  );
  return made.length;
}

type Offer = Awaited<ReturnType<typeof readOffers>>[number];

/** What a booking copies of its service and provider. */
function readOffers(tx: Db) {
  return tx
    .select({
      serviceId: services.id,
      serviceName: services.name,
      confirmationRequired: services.confirmationRequired,
      providerName: providers.name,
      providerTimezone: providers.timezone,
    })
    .from(services)
    .innerJoin(providers, eq(providers.id, services.providerId));
}

/** How likely somebody wants a slot. */
function appeal({ startsAt }: Slot, now: Date): number {
  const daysAhead = (startsAt.getTime() - now.getTime()) / DAY_MS;
  return daysAhead < 0 ? 0.35 : 0.3 / (1 + daysAhead / 5);
}

const CUSTOMERS = members();

/** A booking of some member's, made two days before, or yesterday. Nobody knows its token. */
function bookingOf(slot: Slot, offer: Offer, now: Date, random: () => number): NewBooking {
  const { id, serviceId, providerId, startsAt, endsAt, price, rushFeePercent, category } = slot;
  const { serviceName, providerName, providerTimezone, confirmationRequired } = offer;
  const customer = CUSTOMERS[Math.floor(random() * CUSTOMERS.length)];
  const status = statusOf(startsAt > now, confirmationRequired, random());
  const cancelled = status === "cancelled";
  const createdAt = new Date(Math.min(startsAt.getTime() - 2 * DAY_MS, now.getTime() - DAY_MS));
  return {
    id: randomUUID(),
    ...{ slotId: id, serviceId, providerId, startsAt, endsAt, price, rushFeePercent, category },
    ...{ serviceName, providerName, providerTimezone, timezone: providerTimezone },
    customerName: customer?.firstName ?? "",
    customerEmail: customer?.email ?? "",
    language: customer?.language ?? "de",
    status,
    sequence: cancelled ? 1 : 0,
    cancelledAt: cancelled ? createdAt : null,
    cancelReason: cancelled ? "customer" : null,
    idempotencyKeyHash: sha256(randomUUID()),
    ...{ requestHash: "", tokenSalt: "", cancelTokenHash: "" },
    createdAt,
    updatedAt: createdAt,
  };
}

function statusOf(ahead: boolean, confirmationRequired: boolean, chance: number): BookingStatus {
  if (chance < 0.06) return "cancelled";
  if (ahead) return confirmationRequired ? "pending" : "confirmed";
  return chance < 0.14 ? "no_show" : "completed";
}

const BATCH = 500;
