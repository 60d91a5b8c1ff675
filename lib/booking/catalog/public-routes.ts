import { and, asc, eq } from "drizzle-orm";
import * as z from "zod";
import type { Db } from "../../db/db.ts";
import { defineRoute, publicMethod } from "../../http/define-route.ts";
import { id } from "../../http/fields.ts";
import { providers, services } from "../schema.ts";

/** The public catalog: the providers and services that can be booked. */

/** `GET /api/providers`: lists active providers with an active service, by name. */
export const providersRoute = defineRoute({
  GET: publicMethod({
    summary: "Lists the providers that can be booked, by name.",
    query: z.strictObject({}),
    handlePublic: async ({ db }) => ({ providers: await readProviders(db) }),
  }),
});

/** `GET /api/services?providerId`: lists active services of active providers, by name. */
export const servicesRoute = defineRoute({
  GET: publicMethod({
    summary: "Lists the services that can be booked, by name.",
    query: z.strictObject({ providerId: id.optional() }),
    handlePublic: async ({ db, query }) => ({ services: await readServices(db, query.providerId) }),
  }),
});

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
