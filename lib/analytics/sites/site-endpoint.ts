import * as z from "zod";
import { type Cors, type Described, type Endpoint, endpoint, RATE_HEADERS, type Served } from "../../http/respond.ts";
import { isAllowedBySomeSite, isOwn } from "../ingest/origins.ts";

/**
 * An endpoint for the pages of sites: each may send and read from the origins that its site allows. Who calls, and how
 * often, is looked into by each method (access.ts).
 */
export function siteEndpoint<S extends Served>(described: Described<NoInfer<S>>, served: S): Endpoint {
  return endpoint<Served>(described, served, { cors: SITES });
}

/** What a server that sends for a site may add; a page need not (access.ts). */
export const customerHeader = z.object({
  "X-Customer-ID": z
    .string()
    .optional()
    .meta({ description: "The site's customer, where given: it must be the key's." }),
});

/**
 * A preflight carries no key, so here it is enough that some site allows the origin; whether the site of the key does is
 * looked into before anything is done (access.ts).
 */
const SITES: Cors = {
  // Where the database is away, the answer itself says so.
  allows: async (origin, request) => isOwn(origin, request) || isAllowedBySomeSite(origin).catch(() => false),
  send: "authorization, content-type, x-customer-id",
  read: RATE_HEADERS,
};
