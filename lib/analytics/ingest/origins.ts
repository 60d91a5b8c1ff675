import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { config } from "../../config/config.ts";
import { database } from "../../db/client.ts";
import { rows } from "../../db/db.ts";

/** How long an origin that was allowed stays so here. */
const FRESH_MS = 60_000;
/** Strangers' origins have them read again, but not more often than this. */
const PAUSE_MS = 100;

let known: ReadonlySet<string> = new Set();
let readAt = Number.NEGATIVE_INFINITY;
let triedAt = Number.NEGATIVE_INFINITY;
let reading: Promise<ReadonlySet<string>> | undefined;
let next: Promise<ReadonlySet<string>> | undefined;

/**
 * Whether any site allows an origin: all that is known of a preflight, which carries no key. All of them are read at once and
 * remembered for a minute; for one that is not among them they are read again, so that one that has just been allowed works
 * at once. However many ask, that is one statement at a time, and ten a second.
 * @throws where the database cannot be reached.
 */
export async function isAllowedBySomeSite(origin: string): Promise<boolean> {
  if (known.has(origin) && performance.now() - readAt < FRESH_MS) return true;
  return (await readAgain()).has(origin);
}

/** An origin may have been allowed since the reading under way began: who asks meanwhile waits for the next one. */
function readAgain(): Promise<ReadonlySet<string>> {
  if (reading === undefined) return begin();
  next ??= reading.then(begin, begin);
  return next;
}

function begin(): Promise<ReadonlySet<string>> {
  next = undefined;
  reading ??= read().finally(() => {
    reading = undefined;
  });
  return reading;
}

async function read(): Promise<ReadonlySet<string>> {
  const wait = triedAt + PAUSE_MS - performance.now();
  if (wait > 0) await sleep(wait);
  triedAt = performance.now();
  const found = await rows<{ origin: string }>(
    await database(),
    sql`select distinct unnest(allowed_origins) as origin from sites where active`,
  );
  readAt = performance.now();
  known = new Set(found.map(({ origin }) => origin));
  return known;
}

/** Pages of this deployment itself. */
export function isOwn(origin: string, request: Request): boolean {
  const { baseUrl } = config();
  return origin === new URL(request.url).origin || (baseUrl !== undefined && origin === new URL(baseUrl).origin);
}
