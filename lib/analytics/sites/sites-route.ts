import * as z from "zod";
import { config } from "../../config/config.ts";
import { defineRoute, method } from "../../http/define-route.ts";
import { id, line, siteId, whole, zone } from "../../http/fields.ts";
import { changeSite, createSite, listSites, revokeKeys, rotateKey } from "./sites.ts";

const ORIGINS = { error: "a list of at most 100 origins such as https://www.example.com" };
/** In the form that browsers send; any other form would never match. */
const isOrigin = (text: string): boolean => /^https?:/.test(text) && URL.parse(text)?.origin === text;
const allowedOrigins = z
  .array(z.string(ORIGINS).max(250, ORIGINS).refine(isOrigin, ORIGINS), ORIGINS)
  .max(100, ORIGINS);

/** `/api/admin/sites`: lists the sites; `POST` creates one and shows its keys once. */
export const sitesRoute = defineRoute({
  GET: method({
    summary: "Lists the sites, without their keys.",
    handle: async ({ db }) => {
      return { status: "ok", sites: await listSites(db) };
    },
  }),
  POST: method({
    summary: "Creates a site and shows its keys once.",
    example: { customerId: "club", name: "Club", allowedOrigins: ["https://www.club.example"] },
    responses: { 201: "The site and its keys.", 409: "The site exists already." },
    body: z.strictObject({
      customerId: siteId,
      name: line(200).optional(),
      allowedOrigins: allowedOrigins.default([]),
      timezone: zone.optional(),
    }),
    handle: async ({ db, body, now }) => {
      const { customerId, name = customerId, timezone = config().timeZone } = body;
      const site = { customerId, name, timezone, allowedOrigins: body.allowedOrigins };
      const keys = await createSite(db, site, now);
      return keysOnce({ status: "ok", ...site, ...keys }, 201);
    },
  }),
});

/** `PATCH /api/admin/sites/{customerId}`: changes the name and the origins, and activates or closes the site. */
export const siteRoute = defineRoute(
  {
    PATCH: method({
      summary: "Changes the name or the origins of a site, or closes it (`active`).",
      example: { name: "Club" },
      responses: { 404: "The site does not exist." },
      path: z.strictObject({ id }),
      body: z
        .strictObject({
          name: line(200).optional(),
          allowedOrigins: allowedOrigins.optional(),
          active: z.boolean({ error: "true or false" }).optional(),
        })
        .refine((change) => Object.values(change).some((value) => value !== undefined), {
          error: "name, allowedOrigins or active",
        }),
      handle: async ({ db, path, body }) => {
        await changeSite(db, path.id, body);
        return { status: "ok", customerId: path.id, ...body };
      },
    }),
  },
  "/api/admin/sites/[id]",
);

const kind = z.enum(["write", "read"], { error: "write or read" });

/** `/api/admin/sites/{customerId}/keys`: `POST` creates a new key of a kind, `DELETE` revokes all keys of a kind. */
export const siteKeysRoute = defineRoute(
  {
    POST: method({
      summary: "Creates a new key of a kind and shows it once; the old keys stay valid for `oldValidForMinutes`.",
      example: { kind: "read", oldValidForMinutes: 60 },
      responses: { 201: "The key.", 404: "The site does not exist." },
      path: z.strictObject({ id }),
      body: z.strictObject({ kind, oldValidForMinutes: whole(0, 43_200).default(0) }),
      handle: async ({ db, path, body, now }) => {
        const oldExpireAt = new Date(now.getTime() + body.oldValidForMinutes * 60_000);
        const key = await rotateKey(db, path.id, body.kind, now, oldExpireAt);
        return keysOnce({ status: "ok", customerId: path.id, kind: body.kind, key, oldExpireAt }, 201);
      },
    }),
    DELETE: method({
      summary: "Revokes all keys of a kind.",
      responses: { 404: "The site does not exist." },
      path: z.strictObject({ id }),
      query: z.strictObject({ kind }),
      handle: async ({ db, path, query, now }) => {
        return { status: "ok", revoked: await revokeKeys(db, path.id, query.kind, now) };
      },
    }),
  },
  "/api/admin/sites/[id]/keys",
);

/** No cache may keep the keys. */
const keysOnce = (body: object, status: number): Response =>
  Response.json(body, { status, headers: { "Cache-Control": "no-store" } });
