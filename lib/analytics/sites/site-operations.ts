import * as z from "zod";
import { config } from "../../config/config.ts";
import { admins, viewers } from "../../http/access.ts";
import { whole } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { count } from "../../http/responses/fields.ts";
import { keyPart, listOf, pageQuery, sortKey, toPage } from "../../http/responses/pages.ts";
import { MINUTE_MS } from "../../time/durations.ts";
import { keyKind, site, siteChange, siteCreated, siteInput, siteKey, siteParams, siteSettings } from "./site-fields.ts";
import { changeSite, createSite, listSites, revokeKeys, rotateKey } from "./sites.ts";

/** What operators do with sites and their keys. */

const UNKNOWN_SITE = { 404: "The site does not exist." } as const;

const listAllSites = operation({
  id: "listSites",
  method: "GET",
  path: "/api/admin/sites",
  access: viewers,
  summary: "Lists the sites by id, without their keys.",
  query: z.strictObject(pageQuery(sortKey(keyPart.text), { most: 500, usual: 100 })),
  responses: { 200: { description: "The sites.", schema: listOf("SiteList", site) } },
  handle: async ({ db, query: { limit, cursor } }) => {
    const sites = await listSites(db, { after: cursor?.[0], limit: limit + 1 });
    return toPage(sites, limit, ({ customerId }) => [customerId]);
  },
});

const createNewSite = operation({
  id: "createSite",
  method: "POST",
  path: "/api/admin/sites",
  access: admins,
  summary: "Creates a site and shows its keys once.",
  example: { customerId: "club", name: "Club", allowedOrigins: ["https://www.club.example"] },
  body: siteInput,
  responses: {
    201: { description: "The site and its keys.", schema: siteCreated },
    409: "The site exists already.",
  },
  handle: async ({ db, body, now }) => {
    const { customerId, name = customerId, timezone = config().timeZone, allowedOrigins } = body;
    const keys = await createSite(db, { customerId, name, timezone, allowedOrigins }, now);
    return { customerId, name, timezone, allowedOrigins, active: true, createdAt: now, ...keys };
  },
});

const updateSite = operation({
  id: "updateSite",
  method: "PATCH",
  path: "/api/admin/sites/{id}",
  access: admins,
  summary: "Changes the name or the origins of a site, or closes it (`active`).",
  example: { name: "Club" },
  params: siteParams,
  body: siteChange,
  responses: { 200: { description: "The changed site.", schema: siteSettings }, ...UNKNOWN_SITE },
  handle: ({ db, params, body }) => changeSite(db, params.id, body),
});

const createSiteKey = operation({
  id: "createSiteKey",
  method: "POST",
  path: "/api/admin/sites/{id}/keys",
  access: admins,
  summary: "Creates a new key of a kind and shows it once; the old keys stay valid for `oldValidForMinutes`.",
  example: { kind: "read", oldValidForMinutes: 60 },
  params: siteParams,
  body: z
    .strictObject({ kind: keyKind, oldValidForMinutes: whole(0, 43_200).default(0) })
    .meta({ id: "SiteKeyRequest", description: "The kind of the new key, and how long the old one stays valid." }),
  responses: { 201: { description: "The key.", schema: siteKey }, ...UNKNOWN_SITE },
  handle: async ({ db, params: { id }, body: { kind, oldValidForMinutes }, now }) => {
    const oldExpireAt = new Date(now.getTime() + oldValidForMinutes * MINUTE_MS);
    const key = await rotateKey(db, id, kind, now, oldExpireAt);
    return { customerId: id, kind, key, oldExpireAt };
  },
});

const revokeSiteKeys = operation({
  id: "revokeSiteKeys",
  method: "DELETE",
  path: "/api/admin/sites/{id}/keys",
  access: admins,
  summary: "Revokes all keys of a kind.",
  params: siteParams,
  query: z.strictObject({ kind: keyKind }),
  responses: {
    200: {
      description: "How many keys were revoked.",
      schema: z
        .object({ revoked: count })
        .meta({ id: "SiteKeysRevoked", description: "The number of keys that do not work any more." }),
    },
    ...UNKNOWN_SITE,
  },
  handle: async ({ db, params, query, now }) => ({ revoked: await revokeKeys(db, params.id, query.kind, now) }),
});

export const siteOperations = [listAllSites, createNewSite, updateSite, createSiteKey, revokeSiteKeys];
