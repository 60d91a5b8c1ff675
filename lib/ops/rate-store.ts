import { sql } from "drizzle-orm";
import type { RateLimiterRes, RateLimiterStoreAbstract } from "rate-limiter-flexible";
import { type Config, config } from "../config.ts";
import { database, queryRaw } from "../db/client.ts";
import { rows } from "../db/db.ts";
import { describeError } from "../errors.ts";
import { log } from "../log.ts";
import { redisAt } from "./redis.ts";

/** Where instances count requests together: Redis where `REDIS_URL` is set, else the database. */

/**
 * What may be done only so often a minute by one caller (settings `RATE_LIMIT_…`): reading, writing, sending events or
 * what else machines send on behalf of many, and coming with a wrong token.
 */
export type Policy = keyof Config["rateLimits"];

export const WINDOW_SECONDS = 60;

/** What became of a request that was counted. */
export interface Counted {
  spent: boolean;
  result: RateLimiterRes;
}

/** A count that takes longer is not worth waiting for. */
const STORE_MS = 500;
/** Whoever asks how it is waits for a connection too. */
const PING_MS = 2_000;
/** After a fault the store is left alone for so long, so that not every request waits for it. */
const PAUSE_MS = 5_000;

let pausedUntil = 0;

/**
 * Counts a request in the shared store.
 * @returns undefined where the store does not answer: then nobody is refused for that, and the log says so.
 */
export async function consumeShared(policy: Policy, points: number, key: string): Promise<Counted | undefined> {
  if (performance.now() < pausedUntil) return undefined;
  try {
    return await inTime(limiterOf(policy, points).then((limiter) => outcomeOf(limiter.consume(key))));
  } catch (error) {
    pausedUntil = performance.now() + PAUSE_MS;
    log("warn", "rate_limit_store_failed", { store: storeName(), pausedMs: PAUSE_MS, error: describeError(error) });
    return undefined;
  }
}

/** The library rejects with its result where nothing is left. @throws what else goes wrong. */
export async function outcomeOf(consumed: Promise<RateLimiterRes>): Promise<Counted> {
  try {
    return { spent: false, result: await consumed };
  } catch (rejected) {
    if (rejected instanceof Error) throw rejected;
    return { spent: true, result: rejected as RateLimiterRes };
  }
}

export type RateStore = "redis" | "postgres";

const storeName = (): RateStore => (config().redisUrl === undefined ? "postgres" : "redis");

/** Asks the store whether it is there. @returns which one. @throws where it is not. */
export async function pingRateLimitStore(): Promise<RateStore> {
  const { redisUrl } = config();
  if (redisUrl === undefined) await rows(await database(), sql`select from rate_limits limit 1`);
  else
    await inTime(
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
  limiter.catch(() => limiters.delete(name)); // one that did not come about is not remembered
  return limiter;
}

async function open(policy: Policy, points: number): Promise<RateLimiterStoreAbstract> {
  const { redisUrl } = config();
  // Who has nothing left is remembered here: refusing them again takes no question.
  const options = { keyPrefix: policy, points, duration: WINDOW_SECONDS, inMemoryBlockOnConsumed: points + 1 };
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
    clearExpiredByTimeout: false, // the cleanup does (rate-retention.ts)
  });
}

async function inTime<T>(work: Promise<T>, ms = STORE_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  work.catch(() => {}); // it may fail when nobody waits for it any more
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
