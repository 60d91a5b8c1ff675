import { randomUUID } from "node:crypto";
import { asc, eq, sql } from "drizzle-orm";
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
import { sha256 } from "../../lib/hash.ts";
import { members } from "./club.ts";
import { demoCatalog } from "./providers.ts";
import { seededRandom } from "./seeded-random.ts";

const DAY_MS = 86_400_000;
const DAYS = 30;
const ALL_SERVICES = 1_000;

/**
 * Fills a database without providers with those of the demo club, their slots from a month ago to a month ahead, and
 * bookings of the members.
 * @param show Is told how much of the work is done.
 * @returns how many of each; undefined if the database had providers already.
 */
export async function seedBookings(
  db: Db,
  now: Date,
  show: (done: number, total: number) => void = () => {},
): Promise<{ providers: number; services: number; bookings: number } | undefined> {
  if ((await db.$count(providers)) > 0) return undefined;
  const catalog = demoCatalog(now.toISOString().slice(0, 10));
  const count = await transact(db, async (tx) => {
    await tx.insert(providers).values(catalog.providers);
    await tx.insert(providerAvailability).values(catalog.windows);
    await tx.insert(availabilityExceptions).values(catalog.exceptions);
    await tx.insert(services).values(catalog.services);
    await tx.insert(serviceTimeSlots).values(catalog.timeSlots);
    await addSlots(tx, new Date(now.getTime() - DAYS * DAY_MS));
    show(1, 2);
    return addBookings(tx, now);
  });
  // The embedded database has no background process that would do this.
  await db.execute(sql`analyze providers, services, booking_slots, bookings`);
  show(2, 2);
  return { providers: catalog.providers.length, services: catalog.services.length, bookings: count };
}

/** Creates the slots that the maintenance would have created a month ago if it planned two months ahead. */
async function addSlots(tx: Db, then: Date): Promise<void> {
  const options: PlanOptions = {
    now: then,
    daysAhead: 2 * DAYS,
    maxSlots: config().slots.mostPerService,
    forceCleanup: false,
  };
  const allProviders = { providerIds: undefined, serviceIds: undefined };
  const catalog = await loadServices(tx, allProviders, FIRST_CURSOR, ALL_SERVICES, then);
  await applyPlans(tx, await planServices(tx, catalog, options), options, Number.POSITIVE_INFINITY, undefined);
}

type Slot = typeof bookingSlots.$inferSelect;
type NewBooking = typeof bookings.$inferInsert;

/** Books slots at random where the provider is free. The sooner a slot is, the likelier it is booked. */
async function addBookings(tx: Db, now: Date): Promise<number> {
  const random = seededRandom(11);
  const texts = new Map((await loadServiceTexts(tx)).map((service) => [service.serviceId, service]));
  const freeFrom = new Map<string, Date>();
  const created: NewBooking[] = [];
  const counts: { id: number; booked: number }[] = [];
  for (const slot of await tx.select().from(bookingSlots).orderBy(asc(bookingSlots.busyFrom), asc(bookingSlots.id))) {
    const service = texts.get(slot.serviceId);
    const busy = slot.busyFrom < (freeFrom.get(slot.providerId) ?? slot.busyFrom);
    if (service === undefined || busy || random() > likelihood(slot, now)) continue;
    const group = Array.from({ length: Math.ceil(random() * slot.capacity) }, () =>
      bookingOf(slot, service, now, random),
    );
    const booked = group.filter(({ status }) => status !== "cancelled").length;
    created.push(...group);
    counts.push({ id: slot.id, booked });
    if (booked > 0) freeFrom.set(slot.providerId, slot.busyUntil);
  }
  for (let from = 0; from < created.length; from += BATCH)
    await tx.insert(bookings).values(created.slice(from, from + BATCH));
  await rows(
    tx,
    sql`update booking_slots as slot set booked_count = booked
      from jsonb_to_recordset(${json(counts)}) as taken (id bigint, booked int) where slot.id = taken.id and booked > 0`,
  );
  return created.length;
}

type ServiceTexts = Awaited<ReturnType<typeof loadServiceTexts>>[number];

/** The fields that a booking copies from its service and provider. */
function loadServiceTexts(tx: Db) {
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

/** How likely a slot is booked, from 0 to 1. */
function likelihood({ startsAt }: Slot, now: Date): number {
  const daysAhead = (startsAt.getTime() - now.getTime()) / DAY_MS;
  return daysAhead < 0 ? 0.35 : 0.3 / (1 + daysAhead / 5);
}

const CUSTOMERS = members();

/** A booking of a random member, made two days before its slot or yesterday. It has no token. */
function bookingOf(slot: Slot, service: ServiceTexts, now: Date, random: () => number): NewBooking {
  const { id, serviceId, providerId, startsAt, endsAt, price, rushFeePercent, category } = slot;
  const { serviceName, providerName, providerTimezone, confirmationRequired } = service;
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
