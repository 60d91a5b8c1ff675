import { asc, gt } from "drizzle-orm";
import * as z from "zod";
import { admins } from "../../http/access.ts";
import { MOST_ITEMS } from "../../http/batch.ts";
import { id, zone } from "../../http/fields.ts";
import { keyPart, pageQuery, sortKey, toPage } from "../../http/responses/pages.ts";
import { providers } from "../schema.ts";
import type { Maintain } from "../slots/maintain-now.ts";
import { catalogOperations } from "./catalog-operations.ts";
import { type CatalogTable, saveRows } from "./catalog-rows.ts";
import { deleteProviders } from "./delete-catalog.ts";
import { properName } from "./fields.ts";

const providerInput = z
  .strictObject({ id, name: properName, timezone: zone, active: z.boolean().default(true) })
  .meta({ id: "ProviderInput", description: "A provider. All hours and dates of a provider are local to its zone." });

const providerKey = z
  .strictObject({ id })
  .meta({ id: "ProviderKey", description: "The fields that identify a provider." });

const managedProvider = z
  .object({ id: z.string(), name: z.string(), timezone: z.string(), active: z.boolean() })
  .meta({ id: "ManagedProvider", description: "A provider with the fields for operators." });

const TABLE: CatalogTable = { name: "providers", key: ["id"], columns: ["name", "timezone", "active"] };

export const providerOperations = (maintain: Maintain) =>
  catalogOperations(
    {
      path: "/api/admin/providers",
      writers: admins,
      ids: { list: "listAllProviders", save: "saveProviders", remove: "deleteProviders" },
      names: { list: "ManagedProviderList", batch: "ProviderBatch", keyBatch: "ProviderKeyBatch" },
      name: "providers",
      what: "providers",
      removing: "This also deletes their services and hours. A provider with upcoming bookings is refused.",
      examples: { item: { id: "anna", name: "Anna Vogel", timezone: "Europe/Berlin" }, key: { id: "anna" } },
      item: providerInput,
      key: providerKey,
      keyOf: (provider) => provider.id,
      stored: managedProvider,
      query: z.strictObject(pageQuery(sortKey(keyPart.text), { most: MOST_ITEMS, usual: MOST_ITEMS })),
      list: async (db, { limit, cursor }) => {
        const after = cursor && gt(providers.id, cursor[0]);
        const rows = await db
          .select()
          .from(providers)
          .where(after)
          .orderBy(asc(providers.id))
          .limit(limit + 1);
        return toPage(rows, limit, ({ id }) => [id]);
      },
      save: (tx, batch) => saveRows(tx, TABLE, batch, (provider) => provider),
      remove: deleteProviders,
      scope: (items) => ({ providerId: items.map((provider) => provider.id) }),
      removesSlots: true,
    },
    maintain,
  );
