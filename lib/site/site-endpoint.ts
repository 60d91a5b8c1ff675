import { sql } from "drizzle-orm";
import * as z from "zod";
import { database } from "../db/client.ts";
import { row } from "../db/db.ts";
import {
  type Cors,
  type Described,
  type Endpoint,
  endpoint,
  type Handler,
  RATE_HEADERS,
  type Served,
} from "../http/respond.ts";
import { limitByAddress } from "../ops/rate-limit.ts";
import type { Policy } from "../ops/rate-store.ts";
import { isOwn } from "./access.ts";

/**
 * An endpoint for the pages of sites: each may send and read from the origins that its site allows.
 * @param policy Which rate limit its callers have.
 */
export function siteEndpoint<S extends Served>(
  policy: "reads" | "events",
  described: Described<NoInfer<S>>,
  served: S,
): Endpoint {
  const handlers = Object.entries<Handler>(served);
  const reaching = handlers.map(([method, handler]) => [method, limited(policy, handler)]);
  return endpoint<Served>(described, Object.fromEntries(reaching), { cors: SITES });
}

const limited =
  (policy: Policy, handler: Handler): Handler =>
  async (request) => {
    await limitByAddress(policy, request);
    return handler(request);
  };

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
  allows: async (origin, request) => isOwn(origin, request) || (await someSiteAllows(origin, Date.now())),
  send: "authorization, content-type, x-customer-id",
  read: RATE_HEADERS,
};

/** Asked with every answer, so remembered for a minute. */
const REMEMBERED_MS = 60_000;
const MOST_REMEMBERED = 1_000;
const answers = new Map<string, { allowed: boolean; until: number }>();

async function someSiteAllows(origin: string, time: number): Promise<boolean> {
  const known = answers.get(origin);
  if (known !== undefined && known.until > time) return known.allowed;
  const { allowed } = await askDatabase(origin);
  if (answers.size >= MOST_REMEMBERED) answers.clear();
  // A refusal is not remembered: an origin that has just been allowed is to work at once.
  if (allowed) answers.set(origin, { allowed, until: time + REMEMBERED_MS });
  return allowed;
}

async function askDatabase(origin: string): Promise<{ allowed: boolean }> {
  try {
    return await row(
      await database(),
      sql`select exists (select from sites where active and ${origin} = any(allowed_origins)) as allowed`,
    );
  } catch {
    return { allowed: false }; // the answer itself says that the database is away
  }
}
