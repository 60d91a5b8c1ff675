import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { database } from "../../db/client.ts";
import { rows } from "../../db/db.ts";

/** For how long an allowed origin is remembered. */
const REMEMBERED_MS = 60_000;
/** An unknown origin causes another read, but not more often than this. */
const MIN_INTERVAL_MS = 100;

let allowed: ReadonlySet<string> = new Set();
let readAt = Number.NEGATIVE_INFINITY;
let lastReadStart = Number.NEGATIVE_INFINITY;
let currentRead: Promise<ReadonlySet<string>> | undefined;
let nextRead: Promise<ReadonlySet<string>> | undefined;

/**
 * Whether any active site allows an origin. A preflight carries no key, so its site is unknown. All origins are read at once
 * and remembered for a minute. For an unknown origin they are read again, so that a new one works at once; however many
 * callers there are, one statement runs at a time, and at most ten per second.
 * @throws if the database cannot be reached.
 */
export async function isAllowedBySomeSite(origin: string): Promise<boolean> {
  if (allowed.has(origin) && performance.now() - readAt < REMEMBERED_MS) return true;
  return (await readAgain()).has(origin);
}

/** An origin may have been allowed since the current read began, so callers meanwhile wait for the next read. */
function readAgain(): Promise<ReadonlySet<string>> {
  if (currentRead === undefined) return startRead();
  nextRead ??= currentRead.then(startRead, startRead);
  return nextRead;
}

function startRead(): Promise<ReadonlySet<string>> {
  nextRead = undefined;
  currentRead ??= read().finally(() => {
    currentRead = undefined;
  });
  return currentRead;
}

async function read(): Promise<ReadonlySet<string>> {
  const wait = lastReadStart + MIN_INTERVAL_MS - performance.now();
  if (wait > 0) await sleep(wait);
  lastReadStart = performance.now();
  const origins = await rows<{ origin: string }>(
    await database(),
    sql`select distinct unnest(allowed_origins) as origin from sites where active`,
  );
  readAt = performance.now();
  allowed = new Set(origins.map(({ origin }) => origin));
  return allowed;
}
