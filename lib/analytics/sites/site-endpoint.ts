import * as z from "zod";
import { isOwnOrigin } from "../../http/origin.ts";
import { type Cors, type Described, type Endpoint, endpoint, RATE_HEADERS, type Served } from "../../http/respond.ts";
import { isAllowedBySomeSite } from "./origins.ts";

/**
 * Defines an endpoint that pages of sites may call from the origins that their site allows. Each method checks the key and
 * the rate limit itself (access.ts).
 */
export function siteEndpoint<S extends Served>(described: Described<NoInfer<S>>, served: S): Endpoint {
  return endpoint<Served>(described, served, { cors: SITES });
}

/** An optional header of servers that act for a site; `requireCustomer` checks it (access.ts). */
export const customerHeader = z.object({
  "X-Customer-ID": z
    .string()
    .optional()
    .meta({ description: "The customer of the site. If stated, it must be the key's customer." }),
});

/**
 * A preflight carries no key, so it is enough that some site allows the origin. Each request is checked against the site of
 * its key (access.ts).
 */
const SITES: Cors = {
  // If the database cannot be reached, the request itself reports it.
  allows: async (origin, request) => isOwnOrigin(origin, request) || isAllowedBySomeSite(origin).catch(() => false),
  send: "authorization, content-type, x-customer-id",
  read: RATE_HEADERS,
};
