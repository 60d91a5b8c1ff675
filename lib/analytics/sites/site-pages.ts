import * as z from "zod";
import { type Cors, READABLE_HEADERS } from "../../http/app/cors.ts";
import { isOwnOrigin } from "../../http/origin.ts";
import { isAllowedBySomeSite } from "./origins.ts";

/**
 * The pages of sites. A preflight carries no key, so it is enough that some site allows the origin. Each request is checked
 * against the site of its key (access.ts).
 */
export const SITE_PAGES: Cors = {
  // If the database cannot be reached, the request itself reports it.
  allows: async (origin, request) => isOwnOrigin(origin, request) || isAllowedBySomeSite(origin).catch(() => false),
  send: ["authorization", "content-type", "x-customer-id"],
  read: READABLE_HEADERS,
};

/** An optional header of servers that act for a site; `requireCustomer` checks it (access.ts). */
export const customerHeader = z.object({
  "X-Customer-ID": z
    .string()
    .optional()
    .meta({ description: "The customer of the site. If stated, it must be the key's customer." }),
});
