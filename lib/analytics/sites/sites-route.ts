import * as z from "zod";
import { config } from "../../config/config.ts";
import { defineRoute, method } from "../../http/define-route.ts";
import { id, line, siteId, whole, zone } from "../../http/fields.ts";
import { changeSite, createSite, listSites, revokeKeys, rotateKey } from "./sites.ts";

const ORIGINS = { error: "a list of at most 100 origins such as https://www.example.com" };
/** As browsers write them, or no page would ever be on one. */
const isOrigin = (text: string): boolean => /^https?:/.test(text) && URL.parse(text)?.origin === text;
const allowedOrigins = z
  .array(z.string(ORIGINS).max(250, ORIGINS).refine(isOrigin, ORIGINS), ORIGINS)
  .max(100, ORIGINS);

/** `/api/admin/sites`: every site; `POST` makes one and shows its keys, this once. */
export const sitesRoute = defineRoute({
  GET: method({
    summary: "Every site, without its keys.",
    handle: async ({ db }) => {
      return { status: "ok", sites: await listSites(db) };
    },
  }),
  POST: method({
    summary: "Makes a site and shows its keys, this once.",
    example: { customerId: "club", name: "Club", allowedOrigins: ["https://www.club.example"] },
    answers: { 201: "The site and its keys.", 409: "There is such a site already." },
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
      return shownOnce({ status: "ok", ...site, ...keys }, 201);
    },
  }),
});

/** `PATCH /api/admin/sites/{customerId}`: its name, its origins, whether it takes anything at all. */
export const siteRoute = defineRoute(
  {
    PATCH: method({
      summary: "Changes a site's name, its origins, or whether it takes anything at all.",
      example: { name: "Club" },
      answers: { 404: "There is no such site." },
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

/** `/api/admin/sites/{customerId}/keys`: `POST` rotates one kind, `DELETE` revokes all of it. */
export const siteKeysRoute = defineRoute(
  {
    POST: method({
      summary: "Makes a new key of a kind and shows it, this once; the old ones stay valid as long as asked for.",
      example: { kind: "read", oldValidForMinutes: 60 },
      answers: { 201: "The key.", 404: "There is no such site." },
      path: z.strictObject({ id }),
      body: z.strictObject({ kind, oldValidForMinutes: whole(0, 43_200).default(0) }),
      handle: async ({ db, path, body, now }) => {
        const oldExpireAt = new Date(now.getTime() + body.oldValidForMinutes * 60_000);
        const key = await rotateKey(db, path.id, body.kind, now, oldExpireAt);
        return shownOnce({ status: "ok", customerId: path.id, kind: body.kind, key, oldExpireAt }, 201);
      },
    }),
    DELETE: method({
      summary: "Revokes all keys of a kind.",
      answers: { 404: "There is no such site." },
      path: z.strictObject({ id }),
      query: z.strictObject({ kind }),
      handle: async ({ db, path, query, now }) => {
        return { status: "ok", revoked: await revokeKeys(db, path.id, query.kind, now) };
      },
    }),
  },
  "/api/admin/sites/[id]/keys",
);

/** Nobody on the way keeps it. */
const shownOnce = (body: object, status: number): Response =>
  Response.json(body, { status, headers: { "Cache-Control": "no-store" } });
