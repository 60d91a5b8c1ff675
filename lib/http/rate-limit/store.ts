import { sql } from "drizzle-orm";
import type { RateLimiterRes, RateLimiterStoreAbstract } from "rate-limiter-flexible";
import { type Config, config } from "../../config/config.ts";
import { database, queryRaw } from "../../db/client.ts";
import { rows } from "../../db/db.ts";
import { describeError } from "../../errors.ts";
import { log } from "../../log.ts";
import { currentTime } from "../../time/clock.ts";
import { inBackground } from "../background.ts";
import { redisAt } from "./redis.ts";
import { forgetRates } from "./retention.ts";
import { type Counted, WINDOW_SECONDS } from "./window.ts";

/** The store in which all instances count requests together: Redis if `REDIS_URL` is set, otherwise the database. */

/**
 * The kinds of requests that are limited for each caller and minute (settings `RATE_LIMIT_…`): reads, writes, events and
 * other requests of machines on behalf of many people, wrong tokens, and preflights.
 */
export type Policy = keyof Config["rateLimits"];

/** The longest wait for a count. */
const STORE_MS = 500;
/** The longest wait of the health check, which includes connecting. */
const PING_MS = 2_000;
/** The pause after a fault, so that not every request waits for the store. */
const PAUSE_MS = 5_000;

let pausedUntil = 0;

/**
 * Counts a request in the shared store.
 * @returns undefined if the store does not respond. Then the request is not refused, and the fault is logged.
 */
export async function consumeShared(
  policy: Policy,
  points: number,
  key: string,
  weight = 1,
): Promise<Counted | undefined> {
  if (performance.now() < pausedUntil) return undefined;
  forgetOldCounts();
  try {
    return await withTimeout(limiterOf(policy, points).then((limiter) => outcomeOf(limiter.consume(key, weight))));
  } catch (error) {
    pausedUntil = performance.now() + PAUSE_MS;
    log("warn", "rate_limit_store_failed", { store: storeName(), pausedMs: PAUSE_MS, error: describeError(error) });
    return undefined;
  }
}

/** Each count adds at most one row. */
const FORGET_AFTER = 10_000;
let uncleaned = 0;

/** Deletes old counts between the hourly cleanups, so that requests from very many addresses do not fill the table. */
function forgetOldCounts(): void {
  uncleaned += 1;
  if (uncleaned < FORGET_AFTER || storeName() !== "postgres") return;
  uncleaned = 0;
  inBackground(database().then((db) => forgetRates(db, currentTime(), 2 * FORGET_AFTER)));
}

/** The library rejects with its result if the limit is reached. @throws any other error. */
async function outcomeOf(consumed: Promise<RateLimiterRes>): Promise<Counted> {
  try {
    return countedOf(await consumed, false);
  } catch (rejected) {
    if (rejected instanceof Error) throw rejected;
    return countedOf(rejected as RateLimiterRes, true);
  }
}

const countedOf = ({ remainingPoints, msBeforeNext }: RateLimiterRes, spent: boolean): Counted => ({
  spent,
  remaining: spent ? 0 : remainingPoints,
  ms: msBeforeNext,
});

export type RateStore = "redis" | "postgres";

const storeName = (): RateStore => (config().redisUrl === undefined ? "postgres" : "redis");

/** Checks that the store responds. @returns Which store it is. @throws if it does not respond. */
export async function pingRateLimitStore(): Promise<RateStore> {
  const { redisUrl } = config();
  if (redisUrl === undefined) await rows(await database(), sql`select from rate_limits limit 1`);
  else
    await withTimeout(
      redisAt(redisUrl).then((client) => client.ping()),
      PING_MS,
    );
  return storeName();
}

const limiters = new Map<string, Promise<RateLimiterStoreAbstract>>();

function limiterOf(policy: Policy, points: number): Promise<RateLimiterStoreAbstract> {
  const name = `${storeName()}:${policy}:${points}`;
  const limiter = limiters.get(name) ?? open(policy, points);
  limiters.set(name, limiter);
  limiter.catch(() => limiters.delete(name)); // the next request tries again
  return limiter;
}

async function open(policy: Policy, points: number): Promise<RateLimiterStoreAbstract> {
  const { redisUrl } = config();
  // rate-limit.ts remembers callers that reached their limit, in bounded memory.
  const options = { keyPrefix: policy, points, duration: WINDOW_SECONDS };
  if (redisUrl !== undefined) {
    const { default: RateLimiterRedis } = await import("rate-limiter-flexible/lib/RateLimiterRedis.js");
    const storeClient = await redisAt(redisUrl);
    return new RateLimiterRedis({ ...options, storeClient, useRedisPackage: true, rejectIfRedisNotReady: true });
  }
  const { default: RateLimiterPostgres } = await import("rate-limiter-flexible/lib/RateLimiterPostgres.js");
  return new RateLimiterPostgres({
    ...options,
    storeClient: { query: ({ text, values }: { text: string; values: unknown[] }) => queryRaw(text, values) },
    storeType: "client",
    tableName: "rate_limits",
    tableCreated: true,
    clearExpiredByTimeout: false, // retention.ts deletes them
  });
}

async function withTimeout<T>(work: Promise<T>, ms = STORE_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  work.catch(() => {}); // it may fail after the timeout
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
