import { asc, eq, inArray } from "drizzle-orm";
import * as z from "zod";
import type { Db } from "../../db/db.ts";
import type { Batch } from "../../http/batch.ts";
import { id } from "../../http/fields.ts";
import { services } from "../schema.ts";
import { type CatalogTable, saveRows } from "./catalog-rows.ts";
import { defineCatalogRoute } from "./define-catalog-route.ts";
import { deleteServices } from "./delete-catalog.ts";
import { count, properName, twoDecimals } from "./fields.ts";
import { rejectUnknownProviders } from "./references.ts";

const serviceItem = z.strictObject({
  id,
  providerId: id,
  name: properName,
  durationMinutes: count(1, 1440),
  bufferBefore: count(0, 240).default(0),
  bufferAfter: count(0, 240).default(0),
  price: twoDecimals(0, 1_000_000),
  minNoticeMinutes: count(0, 43_200).default(0),
  confirmationRequired: z.boolean().default(false),
  active: z.boolean().default(true),
});

type ServiceItem = z.output<typeof serviceItem>;

const TABLE: CatalogTable = {
  name: "services",
  key: ["id"],
  columns: [
    "provider_id",
    "name",
    "duration_minutes",
    "buffer_before",
    "buffer_after",
    "price",
    "min_notice_minutes",
    "confirmation_required",
    "active",
  ],
};

/** `/api/admin/services`. Deleting a service also deletes its time slots and slots. */
export const adminServicesRoute = defineCatalogRoute({
  name: "services",
  what: "services",
  examples: {
    item: { id: "personal-60", providerId: "anna", name: "Personal training", durationMinutes: 60, price: 80 },
    key: { id: "personal-60" },
  },
  item: serviceItem,
  key: z.strictObject({ id }),
  keyOf: (service) => service.id,
  filter: z.strictObject({ providerId: id.optional() }),
  list: (db, { providerId }) =>
    db
      .select()
      .from(services)
      .where(providerId === undefined ? undefined : eq(services.providerId, providerId))
      .orderBy(asc(services.id)),
  save: saveServices,
  remove: deleteServices,
  scope: (items) => ({ serviceId: items.map((service) => service.id) }),
  removesSlots: true,
});

async function saveServices(tx: Db, batch: Batch<ServiceItem>): Promise<void> {
  await rejectUnknownProviders(tx, batch);
  await rejectMoved(tx, batch);
  await saveRows(tx, TABLE, batch, (service) => ({
    id: service.id,
    provider_id: service.providerId,
    name: service.name,
    duration_minutes: service.durationMinutes,
    buffer_before: service.bufferBefore,
    buffer_after: service.bufferAfter,
    price: service.price,
    min_notice_minutes: service.minNoticeMinutes,
    confirmation_required: service.confirmationRequired,
    active: service.active,
  }));
}

/** Rejects services that would change their provider, because their slots and bookings stay with the old one. */
async function rejectMoved(tx: Db, batch: Batch<ServiceItem>): Promise<void> {
  const ids = batch.items.map(({ value }) => value.id);
  const stored = await tx.select().from(services).where(inArray(services.id, ids));
  const owners = new Map(stored.map((service) => [service.id, service.providerId]));
  batch.reject((service) => {
    const owner = owners.get(service.id) ?? service.providerId;
    if (owner === service.providerId) return undefined;
    const expected = `${owner} (a service cannot change its provider)`;
    return { code: "invalid-item", field: "providerId", expected, got: service.providerId };
  });
}
