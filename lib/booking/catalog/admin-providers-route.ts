import { asc } from "drizzle-orm";
import * as z from "zod";
import { id, zone } from "../../http/fields.ts";
import { providers } from "../schema.ts";
import { type CatalogTable, saveRows } from "./catalog-rows.ts";
import { defineCatalogRoute } from "./define-catalog-route.ts";
import { deleteProviders } from "./delete-catalog.ts";
import { properName } from "./fields.ts";

const TABLE: CatalogTable = { name: "providers", key: ["id"], columns: ["name", "timezone", "active"] };

/** `/api/admin/providers`. Deleting a provider also deletes its services and hours. */
export const adminProvidersRoute = defineCatalogRoute({
  name: "providers",
  what: "providers",
  examples: { item: { id: "anna", name: "Anna Vogel", timezone: "Europe/Berlin" }, key: { id: "anna" } },
  item: z.strictObject({ id, name: properName, timezone: zone, active: z.boolean().default(true) }),
  key: z.strictObject({ id }),
  keyOf: (provider) => provider.id,
  filter: z.strictObject({}),
  list: (db) => db.select().from(providers).orderBy(asc(providers.id)),
  save: (tx, batch) => saveRows(tx, TABLE, batch, (provider) => provider),
  remove: deleteProviders,
  scope: (items) => ({ providerId: items.map((provider) => provider.id) }),
  removesSlots: true,
});
