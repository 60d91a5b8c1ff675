import { createHmac } from "node:crypto";
import { config } from "../../config/config.ts";
import { AppError, type ErrorCode } from "../../errors.ts";
import { answerWith, span } from "../../trace.ts";
import { addressOf, customerNetworkOf, networkOf } from "../client-address.ts";
import { consumeShared, type Policy } from "./store.ts";
import { type Counted, WINDOW_SECONDS, WindowCounter } from "./window.ts";

/** What a wrong token was meant to open; wrong ones for one door keep nobody from another. */
export type Door = "jobs" | "admin" | "user" | "site-write" | "site-read" | "cancel-token" | "unsubscribe";

/** One count that a request adds to, and how far that may go. */
interface Share {
  key: string;
  points: number;
}

/** Of an IPv6 /48 against each /64 in it: mobile providers have many customers in one, attackers all of one. */
const CUSTOMER_NETWORK_TIMES = 4;

/**
 * Counts a request of the address it comes from; a request without one came through no network.
 * @param weight As how many it counts.
 * @throws AppError `rate-limited` (429) where it is one too many.
 */
export async function limitByAddress(policy: Policy, request: Request, weight = 1): Promise<void> {
  await limit(policy, sharesOf(policy, request), weight);
}

/** Counts a request of a signed-in user. @throws AppError `rate-limited` (429) where it is one too many. */
export async function limitByUser(policy: Policy, userId: string): Promise<void> {
  const points = config().rateLimits[policy];
  if (points > 0) await limit(policy, [{ key: keyOf(policy, `user:${userId}`), points }]);
}

/**
 * Refuses an address that has used up its requests, as far as this instance knows, and counts nothing.
 * @throws AppError `rate-limited` (429).
 */
export function refuseSpent(policy: Policy, request: Request): void {
  refuseExhausted(policy, sharesOf(policy, request));
}

/**
 * Counts a request that does nothing: a preflight, or a method that is not served. In this instance only, since a shared
 * count would cost more than the answer.
 * @throws AppError `rate-limited` (429) where it is one too many.
 */
export function limitPreflights(request: Request): void {
  const shares = sharesOf("preflights", request);
  refuseExhausted("preflights", shares);
  for (const { key, points } of shares) counterOf("preflights").add(key, points);
}

/**
 * Lets in whoever comes with the right token, however many wrong ones came before it from the same address. Only what is
 * refused is counted, by address and door; beyond the limit it is answered 429.
 * @throws AppError `rate-limited` (429), or what `authorise` throws.
 */
export async function limitRefusals<T>(request: Request, door: Door, authorise: () => T | Promise<T>): Promise<T> {
  try {
    return await authorise();
  } catch (error) {
    if (error instanceof AppError && error.code === REFUSAL[door]) await countRefusal(request, door);
    throw error;
  }
}

/** What a wrong token is answered with: a wrong cancel token with what another booking's is. */
const REFUSAL: Record<Door, ErrorCode> = {
  jobs: "unauthorized",
  admin: "unauthorized",
  user: "unauthorized",
  "site-write": "unauthorized",
  "site-read": "unauthorized",
  "cancel-token": "forbidden",
  unsubscribe: "unauthorized",
};

/** Counts a token that was refused. @throws AppError `rate-limited` (429) where it is one too many. */
export async function countRefusal(request: Request, door: Door): Promise<void> {
  await limit("refusals", sharesOf("refusals", request, door));
}

/** Whether an address has come with as many wrong tokens as it may, as far as this instance knows. */
export function isSuspect(request: Request, door: Door): boolean {
  return sharesOf("refusals", request, door).some((share) => exhausted("refusals", share) !== undefined);
}

function sharesOf(policy: Policy, request: Request, door = ""): Share[] {
  const points = config().rateLimits[policy];
  const address = addressOf(request);
  if (address === "" || points === 0) return [];
  const customer = customerNetworkOf(address);
  const network = { key: keyOf(policy, networkOf(address), door), points };
  if (customer === undefined) return [network];
  return [network, { key: keyOf(policy, customer, door), points: points * CUSTOMER_NETWORK_TIMES }];
}

/** Tells of the share that has the least left. */
async function limit(policy: Policy, shares: readonly Share[], weight = 1): Promise<void> {
  refuseExhausted(policy, shares);
  let least = Number.POSITIVE_INFINITY;
  for (const share of shares) {
    const counted = await span("limit", () => count(policy, share, weight));
    if (counted.remaining < least) announce(share, counted);
    least = Math.min(least, counted.remaining);
    if (counted.spent) throw tooMany(share, counted);
  }
}

/** What nobody lets through is counted nowhere: so one /64 does not use up its /48, nor a /48 fill the memory. */
function refuseExhausted(policy: Policy, shares: readonly Share[]): void {
  for (const share of shares) {
    const counted = exhausted(policy, share);
    if (counted === undefined) continue;
    announce(share, counted);
    throw tooMany(share, counted);
  }
}

function exhausted(policy: Policy, { key, points }: Share): Counted | undefined {
  const counted = counterOf(policy).look(key, points);
  return counted?.remaining === 0 ? counted : undefined;
}

/**
 * Counts here first: what is too much for one instance is too much, and nobody else needs to hear of it. Nor of more callers
 * than one instance can remember, who would only fill the store.
 */
async function count(policy: Policy, { key, points }: Share, weight: number): Promise<Counted> {
  const counter = counterOf(policy);
  const here = counter.add(key, points, weight);
  if (here.spent || counter.crowded) return here;
  const shared = (await consumeShared(policy, points, key, weight)) ?? here;
  if (shared.spent) counter.exhaust(key, points);
  return shared;
}

const counters = new Map<Policy, WindowCounter>();

/** What this instance has counted by itself. */
function counterOf(policy: Policy): WindowCounter {
  const counter = counters.get(policy) ?? new WindowCounter();
  counters.set(policy, counter);
  return counter;
}

/** Stands for a caller, so that no address is stored; the same in all instances, and of no use without the secret. */
function keyOf(policy: Policy, caller: string, door = ""): string {
  const { adminToken, cronSecret, databaseUrl } = config();
  const secret = adminToken ?? cronSecret ?? databaseUrl ?? "local";
  return createHmac("sha256", secret).update(`rate-limit:${policy}:${door}:${caller}`).digest("base64url").slice(0, 22);
}

function announce({ points }: Share, { remaining, ms }: Counted): void {
  answerWith({
    "RateLimit-Policy": `${points};w=${WINDOW_SECONDS}`,
    "RateLimit-Limit": String(points),
    "RateLimit-Remaining": String(remaining),
    "RateLimit-Reset": String(secondsUntil(ms)),
  });
}

function tooMany({ points }: Share, { ms }: Counted): AppError {
  const seconds = secondsUntil(ms);
  const message = `expected at most ${points} requests in ${WINDOW_SECONDS} seconds, got more; try again in ${seconds}`;
  return new AppError("rate-limited", message, { headers: { "Retry-After": String(seconds) } });
}

/** Never 0, which would be an invitation. */
const secondsUntil = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));
