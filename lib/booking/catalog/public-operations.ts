import { and, asc, eq } from "drizzle-orm";
import * as z from "zod";
import type { Db } from "../../db/db.ts";
import { everyone } from "../../http/access.ts";
import { id } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { listOf, wholeList } from "../../http/responses/pages.ts";
import { providers, services } from "../schema.ts";

/** The public catalog: the providers and services that can be booked. */

const provider = z
  .object({ id: z.string(), name: z.string(), timezone: z.string().meta({ description: "The zone of its hours." }) })
  .meta({ id: "Provider", description: "A provider whose services can be booked." });

const service = z
  .object({
    id: z.string(),
    providerId: z.string(),
    providerName: z.string(),
    name: z.string(),
    durationMinutes: z.int(),
    price: z.number().meta({ description: "Without surcharges, in the club's currency." }),
    minNoticeMinutes: z.int().meta({ description: "How long before its start a slot can be booked at the latest." }),
    confirmationRequired: z.boolean().meta({ description: "Whether a booking is a request until it is confirmed." }),
  })
  .meta({ id: "Service", description: "A service that can be booked." });

/** Active providers with an active service. */
const listProviders = operation({
  id: "listProviders",
  method: "GET",
  path: "/api/providers",
  access: everyone,
  summary: "Lists the providers that can be booked, by name.",
  revalidates: true,
  responses: { 200: { description: "The providers.", schema: listOf("ProviderList", provider) } },
  handle: async ({ db }) => wholeList(await readProviders(db)),
});

/** Active services of active providers. */
const listServices = operation({
  id: "listServices",
  method: "GET",
  path: "/api/services",
  access: everyone,
  summary: "Lists the services that can be booked, by name.",
  revalidates: true,
  query: z.strictObject({ providerId: id.optional() }),
  responses: { 200: { description: "The services.", schema: listOf("ServiceList", service) } },
  handle: async ({ db, query }) => wholeList(await readServices(db, query.providerId)),
});

export const operations = [listProviders, listServices];

function readProviders(db: Db) {
  return db
    .selectDistinct({ id: providers.id, name: providers.name, timezone: providers.timezone })
    .from(providers)
    .innerJoin(services, eq(services.providerId, providers.id))
    .where(and(providers.active, services.active))
    .orderBy(asc(providers.name), asc(providers.id));
}

function readServices(db: Db, providerId: string | undefined) {
  return db
    .select({
      id: services.id,
      providerId: services.providerId,
      providerName: providers.name,
      name: services.name,
      durationMinutes: services.durationMinutes,
      price: services.price,
      minNoticeMinutes: services.minNoticeMinutes,
      confirmationRequired: services.confirmationRequired,
    })
    .from(services)
    .innerJoin(providers, eq(providers.id, services.providerId))
    .where(
      and(
        providers.active,
        services.active,
        providerId === undefined ? undefined : eq(services.providerId, providerId),
      ),
    )
    .orderBy(asc(services.name), asc(services.id));
}
