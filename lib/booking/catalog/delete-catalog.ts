import { and, count, gt, inArray } from "drizzle-orm";
import type { Db } from "../../db/db.ts";
import type { Batch } from "../../http/batch.ts";
import { bookings } from "../bookings/schema.ts";
import { lockProviders } from "../provider-lock.ts";
import { bookingSlots, providers, services } from "../schema.ts";

type Named = { id: string };

/** Deletes providers with their services and all that is made of those; otherwise as `deleteServices`. */
export async function deleteProviders(tx: Db, batch: Batch<Named>, now: Date): Promise<void> {
  await lockProviders(tx, idsOf(batch));
  await rejectInUse(tx, batch, "provider", idsOf(batch), now);
  const ids = idsOf(batch);
  await tx.select().from(providers).where(inArray(providers.id, ids)).orderBy(providers.id).for("update");
  await tx.select().from(services).where(inArray(services.providerId, ids)).orderBy(services.id).for("update");
  await tx.delete(bookingSlots).where(inArray(bookingSlots.providerId, ids));
  settle(batch, await tx.delete(providers).where(inArray(providers.id, ids)).returning({ id: providers.id }));
}

/**
 * Deletes services with their time slots, slots, holds and figures, unless bookings of theirs are ahead. Past bookings
 * stay, with their own copy of everything. Who writes slots keeps their service in place meanwhile (schema.ts), so
 * services are locked before their slots are looked for: what was written until then is seen, and nothing follows.
 */
export async function deleteServices(tx: Db, batch: Batch<Named>, now: Date): Promise<void> {
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
  settle(batch, await tx.delete(services).where(inArray(services.id, ids)).returning({ id: services.id }));
}

/** Under the lock of the providers, so that nobody books meanwhile. */
async function rejectInUse(
  tx: Db,
  batch: Batch<Named>,
  kind: "provider" | "service",
  providerIds: string[],
  now: Date,
): Promise<void> {
  const owner = { provider: bookings.providerId, service: bookings.serviceId }[kind];
  const used = await tx
    .select({ id: owner, ahead: count() })
    .from(bookings)
    .where(
      and(
        inArray(bookings.providerId, providerIds),
        gt(bookings.startsAt, now),
        inArray(bookings.status, ["pending", "confirmed"]),
      ),
    )
    .groupBy(owner);
  const ahead = new Map(used.map((one) => [one.id, one.ahead]));
  batch.reject(({ id }) => {
    const taken = ahead.get(id);
    if (taken === undefined) return undefined;
    return { code: "in-use", field: "id", expected: `a ${kind} with no bookings ahead`, got: `${id}, with ${taken}` };
  });
}

function settle(batch: Batch<Named>, gone: Named[]): void {
  const deleted = new Set(gone.map(({ id }) => id));
  for (const item of batch.items) batch.settle(item, deleted.has(item.value.id) ? "deleted" : "not-found");
}

const idsOf = (batch: Batch<Named>): string[] => batch.items.map(({ value }) => value.id);
