import { database } from "../../db/client.ts";
import type { Access } from "../../http/access.ts";
import { bearerToken } from "../../http/bearer.ts";
import { LARGEST_BODY } from "../../http/body.ts";
import { authorizeWrite, type WritableSite } from "../sites/access.ts";
import { SITE_PAGES } from "../sites/site-pages.ts";
import { readBeacon } from "./beacon.ts";

/** A site that sends events. */
export interface SiteSender {
  site: WritableSite;
  /** The body, if it had to be read to find the key in it. */
  bytes: Buffer | undefined;
}

/** A site with its write key in the header, or in the body if its page cannot set headers. */
export const siteWriter: Access<SiteSender> = {
  credentials: ["siteWriteKey"],
  cors: SITE_PAGES,
  largestBody: LARGEST_BODY,
  authenticate: async ({ request, now }) => {
    const token = bearerToken(request);
    const beacon = token === undefined ? await readBeacon(request) : undefined;
    const site = await authorizeWrite(await database(), request, token ?? beacon?.key, now);
    return { site, bytes: beacon?.bytes };
  },
};
