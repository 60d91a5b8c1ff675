import { and, count, gt, inArray } from "drizzle-orm";
import type { Db } from "../../db/db.ts";
import type { Batch } from "../../http/batch.ts";
import { bookings, OPEN_STATUSES } from "../bookings/schema.ts";
import { lockProviders } from "../provider-lock.ts";
import { bookingSlots, providers, services } from "../schema.ts";

type Identified = { id: string };

/** Deletes providers with their services and everything that belongs to those, under the rules of `deleteServices`. */
export async function deleteProviders(tx: Db, batch: Batch<Identified>, now: Date): Promise<void> {
  await lockProviders(tx, idsOf(batch));
  await rejectInUse(tx, batch, "provider", idsOf(batch), now);
  const ids = idsOf(batch);
  await tx.select().from(providers).where(inArray(providers.id, ids)).orderBy(providers.id).for("update");
  await tx.select().from(services).where(inArray(services.providerId, ids)).orderBy(services.id).for("update");
  await tx.delete(bookingSlots).where(inArray(bookingSlots.providerId, ids));
  settleDeleted(batch, await tx.delete(providers).where(inArray(providers.id, ids)).returning({ id: providers.id }));
}

/**
 * Deletes services with their time slots, slots, holds and metrics. Services with upcoming bookings are rejected; past
 * bookings stay, because they have their own copy of everything. Maintenance locks the services whose slots it writes
 * (loadAndLockServices). This locks them before it deletes slots, so it sees all slots written so far and no more follow.
 */
export async function deleteServices(tx: Db, batch: Batch<Identified>, now: Date): Promise<void> {
  const owners = await tx
    .selectDistinct({ id: services.providerId })
    .from(services)
    .where(inArray(services.id, idsOf(batch)));
  const providerIds = owners.map(({ id }) => id);
  await lockProviders(tx, providerIds);
  await rejectInUse(tx, batch, "service", providerIds, now);
  const ids = idsOf(batch);
  await tx.select().from(services).where(inArray(services.id, ids)).orderBy(services.id).for("update");
  await tx.delete(bookingSlots).where(inArray(bookingSlots.serviceId, ids));
  settleDeleted(batch, await tx.delete(services).where(inArray(services.id, ids)).returning({ id: services.id }));
}

/** Rejects items with upcoming bookings. The caller holds the providers' locks, so that no booking is made meanwhile. */
async function rejectInUse(
  tx: Db,
  batch: Batch<Identified>,
  kind: "provider" | "service",
  providerIds: string[],
  now: Date,
): Promise<void> {
  const owner = { provider: bookings.providerId, service: bookings.serviceId }[kind];
  const upcoming = await tx
    .select({ id: owner, bookings: count() })
    .from(bookings)
    .where(
      and(
        inArray(bookings.providerId, providerIds),
        gt(bookings.startsAt, now),
        inArray(bookings.status, [...OPEN_STATUSES]),
      ),
    )
    .groupBy(owner);
  const countById = new Map(upcoming.map(({ id, bookings }) => [id, bookings]));
  batch.reject(({ id }) => {
    const bookings = countById.get(id);
    if (bookings === undefined) return undefined;
    return {
      code: "in-use",
      field: "id",
      expected: `a ${kind} without upcoming bookings`,
      got: `${id}, with ${bookings}`,
    };
  });
}

function settleDeleted(batch: Batch<Identified>, deletedRows: Identified[]): void {
  const deleted = new Set(deletedRows.map(({ id }) => id));
  for (const item of batch.items) batch.settle(item, deleted.has(item.value.id) ? "deleted" : "not-found");
}

const idsOf = (batch: Batch<Identified>): string[] => batch.items.map(({ value }) => value.id);
