import { database } from "../../db/client.ts";
import type { Access } from "../../http/access.ts";
import { SMALL_BODY } from "../../http/body.ts";
import { authorizeRead, type Site } from "./access.ts";
import { SITE_PAGES } from "./site-pages.ts";

/** A site with its read key; the caller is the site. */
export const siteReader: Access<Site> = {
  credentials: ["siteReadKey"],
  cors: SITE_PAGES,
  largestBody: SMALL_BODY,
  authenticate: async ({ request, now }) => authorizeRead(await database(), request, now),
};
