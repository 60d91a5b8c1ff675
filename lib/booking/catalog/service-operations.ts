import { and, asc, eq, gt, inArray } from "drizzle-orm";
import * as z from "zod";
import type { Db } from "../../db/db.ts";
import { admins } from "../../http/access.ts";
import { type Batch, MOST_ITEMS } from "../../http/batch.ts";
import { id } from "../../http/fields.ts";
import { keyPart, pageQuery, sortKey, toPage } from "../../http/responses/pages.ts";
import { services } from "../schema.ts";
import type { Maintain } from "../slots/maintain-now.ts";
import { catalogOperations } from "./catalog-operations.ts";
import { type CatalogTable, saveRows } from "./catalog-rows.ts";
import { deleteServices } from "./delete-catalog.ts";
import { properName, twoDecimals, wholeNumber } from "./fields.ts";
import { rejectUnknownProviders } from "./references.ts";

const bufferBefore = { description: "Minutes before a slot in which its provider is busy too." };
const bufferAfter = { description: "Minutes after a slot in which its provider is busy too." };
const price = { description: "The price without surcharges, in the club's currency." };
const minNoticeMinutes = { description: "How long before its start a slot can be booked at the latest." };
const confirmationRequired = { description: "Whether a booking is a request until it is confirmed." };

const serviceInput = z
  .strictObject({
    id,
    providerId: id,
    name: properName,
    durationMinutes: wholeNumber(1, 1440),
    bufferBefore: wholeNumber(0, 240).default(0).meta(bufferBefore),
    bufferAfter: wholeNumber(0, 240).default(0).meta(bufferAfter),
    price: twoDecimals(0, 1_000_000).meta(price),
    minNoticeMinutes: wholeNumber(0, 43_200).default(0).meta(minNoticeMinutes),
    confirmationRequired: z.boolean().default(false).meta(confirmationRequired),
    active: z.boolean().default(true),
  })
  .meta({ id: "ServiceInput", description: "A service of a provider." });

const serviceKey = z
  .strictObject({ id })
  .meta({ id: "ServiceKey", description: "The fields that identify a service." });

const managedService = z
  .object({
    id: z.string(),
    providerId: z.string(),
    name: z.string(),
    durationMinutes: z.int(),
    bufferBefore: z.int().meta(bufferBefore),
    bufferAfter: z.int().meta(bufferAfter),
    price: z.number().meta(price),
    minNoticeMinutes: z.int().meta(minNoticeMinutes),
    confirmationRequired: z.boolean().meta(confirmationRequired),
    active: z.boolean(),
  })
  .meta({ id: "ManagedService", description: "A service with the fields for operators." });

const serviceQuery = z.strictObject({
  providerId: id.optional(),
  ...pageQuery(sortKey(keyPart.text), { most: MOST_ITEMS, usual: MOST_ITEMS }),
});

type ServiceItem = z.output<typeof serviceInput>;

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

export const serviceOperations = (maintain: Maintain) =>
  catalogOperations(
    {
      path: "/api/admin/services",
      writers: admins,
      ids: { list: "listAllServices", save: "saveServices", remove: "deleteServices" },
      names: { list: "ManagedServiceList", batch: "ServiceBatch", keyBatch: "ServiceKeyBatch" },
      name: "services",
      what: "services",
      saving: "A service cannot change its provider.",
      removing: "This also deletes their time slots and slots. A service with upcoming bookings is refused.",
      examples: {
        item: { id: "personal-60", providerId: "anna", name: "Personal training", durationMinutes: 60, price: 80 },
        key: { id: "personal-60" },
      },
      item: serviceInput,
      key: serviceKey,
      keyOf: (service) => service.id,
      stored: managedService,
      query: serviceQuery,
      list: readServices,
      save: saveServices,
      remove: deleteServices,
      scope: (items) => ({ serviceId: items.map((service) => service.id) }),
      removesSlots: true,
    },
    maintain,
  );

async function readServices(db: Db, { providerId, limit, cursor }: z.output<typeof serviceQuery>) {
  const ofProvider = providerId === undefined ? undefined : eq(services.providerId, providerId);
  const after = cursor && gt(services.id, cursor[0]);
  const rows = await db
    .select()
    .from(services)
    .where(and(ofProvider, after))
    .orderBy(asc(services.id))
    .limit(limit + 1);
  return toPage(rows, limit, ({ id }) => [id]);
}

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
