import { createHmac } from "node:crypto";
import RateLimiterMemory from "rate-limiter-flexible/lib/RateLimiterMemory.js";
import { config } from "../config.ts";
import { AppError } from "../errors.ts";
import { addressOf, networkOf } from "../http/address.ts";
import { answerWith, span } from "../trace.ts";
import { type Counted, consumeShared, outcomeOf, type Policy, WINDOW_SECONDS } from "./rate-store.ts";

/**
 * Counts a request of the address it comes from; a request without one came through no network.
 * @throws AppError `rate-limited` (429) where it is one too many.
 */
export async function limitByAddress(policy: Policy, request: Request): Promise<void> {
  await limit(policy, networkOf(addressOf(request)));
}

/** Counts a request of a signed-in user. @throws AppError `rate-limited` (429) where it is one too many. */
export async function limitByUser(policy: Policy, userId: string): Promise<void> {
  await limit(policy, `user:${userId}`);
}

/**
 * Lets an address be refused only so often: who has used that up is not looked at any more, so that nobody tries out
 * tokens, nor has us look them up.
 * @throws AppError `rate-limited` (429), or what `authorise` throws.
 */
export async function limitRefusals<T>(request: Request, authorise: () => T | Promise<T>): Promise<T> {
  const caller = networkOf(addressOf(request));
  const points = config().rateLimits.refusals;
  if (caller === "" || points === 0) return authorise();
  const known = await guardOf("refusals", points).get(keyOf("refusals", caller));
  if (known !== null && known.consumedPoints >= points) throw tooMany(points, known.msBeforeNext);
  try {
    return await authorise();
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthorized") await limit("refusals", caller);
    throw error;
  }
}

async function limit(policy: Policy, caller: string): Promise<void> {
  const points = config().rateLimits[policy];
  if (caller === "" || points === 0) return;
  const { spent, result } = await span("limit", () => count(policy, points, keyOf(policy, caller)));
  answerWith({
    "RateLimit-Policy": `${points};w=${WINDOW_SECONDS}`,
    "RateLimit-Limit": String(points),
    "RateLimit-Remaining": String(spent ? 0 : result.remainingPoints),
    "RateLimit-Reset": String(secondsUntil(result.msBeforeNext)),
  });
  if (spent) throw tooMany(points, result.msBeforeNext);
}

/** Counts here first: what is too much for one instance is too much, and nobody else needs to hear of it. */
async function count(policy: Policy, points: number, key: string): Promise<Counted> {
  const here = await outcomeOf(guardOf(policy, points).consume(key));
  return here.spent ? here : ((await consumeShared(policy, points, key)) ?? here);
}

const guards = new Map<string, RateLimiterMemory>();

/** What this instance has counted by itself. */
function guardOf(policy: Policy, points: number): RateLimiterMemory {
  const name = `${policy}:${points}`;
  const guard = guards.get(name) ?? new RateLimiterMemory({ keyPrefix: name, points, duration: WINDOW_SECONDS });
  guards.set(name, guard);
  return guard;
}

/** Stands for a caller, so that no address is stored; the same in all instances, and of no use without the secret. */
function keyOf(policy: Policy, caller: string): string {
  const { adminToken, cronSecret, databaseUrl } = config();
  const secret = adminToken ?? cronSecret ?? databaseUrl ?? "local";
  return createHmac("sha256", secret).update(`rate-limit:${policy}:${caller}`).digest("base64url").slice(0, 22);
}

function tooMany(points: number, ms: number): AppError {
  const seconds = secondsUntil(ms);
  const message = `expected at most ${points} requests in ${WINDOW_SECONDS} seconds, got more; try again in ${seconds}`;
  return new AppError("rate-limited", message, { headers: { "Retry-After": String(seconds) } });
}

/** Never 0, which would be an invitation. */
const secondsUntil = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));
