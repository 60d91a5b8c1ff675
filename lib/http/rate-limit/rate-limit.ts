import { createHmac } from "node:crypto";
import { config } from "../../config/config.ts";
import { AppError, type ErrorCode } from "../../errors.ts";
import { addResponseHeaders, span } from "../../trace.ts";
import { addressOf, customerNetworkOf, networkOf } from "../client-address.ts";
import { consumeShared, type Policy } from "./store.ts";
import { type Counted, WINDOW_SECONDS, WindowCounter } from "./window.ts";

/** What a token gives access to. Wrong tokens are counted for each kind separately. */
export type TokenKind =
  | "jobs"
  | "admin"
  | "session"
  | "user"
  | "site-write"
  | "site-read"
  | "cancel-token"
  | "unsubscribe";

/** One of the counts that a request adds to, and its limit. */
interface Share {
  key: string;
  points: number;
}

/**
 * The limit of an IPv6 /48, as a multiple of the limit of a /64. Mobile providers have many customers in one /48; an
 * attacker may own all of one.
 */
const CUSTOMER_NETWORK_TIMES = 4;

/**
 * Counts a request by its address. A request without an address came through no network and is not counted.
 * @param weight The number of requests it counts as.
 * @throws AppError `rate-limited` (429) if the limit is exceeded.
 */
export async function limitByAddress(policy: Policy, request: Request, weight = 1): Promise<void> {
  await limit(policy, sharesOf(policy, request), weight);
}

/** Counts a request of a signed-in user. @throws AppError `rate-limited` (429) if the limit is exceeded. */
export async function limitByUser(policy: Policy, userId: string): Promise<void> {
  const points = config().rateLimits[policy];
  if (points > 0) await limit(policy, [{ key: keyOf(policy, `user:${userId}`), points }]);
}

/**
 * Refuses an address that has reached its limit, as far as this instance knows, without counting the request.
 * @throws AppError `rate-limited` (429).
 */
export function refuseIfExhausted(policy: Policy, request: Request): void {
  refuseExhausted(policy, sharesOf(policy, request));
}

/**
 * Counts a preflight, or a request with a method that is not served. It counts in this instance only, because a shared count
 * would cost more than the response.
 * @throws AppError `rate-limited` (429) if the limit is exceeded.
 */
export function limitPreflights(request: Request): void {
  const shares = sharesOf("preflights", request);
  refuseExhausted("preflights", shares);
  for (const { key, points } of shares) counterOf("preflights").add(key, points);
}

/**
 * Runs `authorise` and counts its refusals by address and kind of token. The right token is always accepted, however many wrong
 * ones came from the same address before.
 * @throws AppError `rate-limited` (429), or what `authorise` throws.
 */
export async function limitRefusals<T>(request: Request, kind: TokenKind, authorise: () => T | Promise<T>): Promise<T> {
  try {
    return await authorise();
  } catch (error) {
    if (error instanceof AppError && error.code === REFUSAL[kind]) await countRefusal(request, kind);
    throw error;
  }
}

/** The error code for a wrong token. A wrong cancel token gets the same code as the token of another booking. */
const REFUSAL: Record<TokenKind, ErrorCode> = {
  jobs: "unauthorized",
  admin: "unauthorized",
  session: "unauthorized",
  user: "unauthorized",
  "site-write": "unauthorized",
  "site-read": "unauthorized",
  "cancel-token": "forbidden",
  unsubscribe: "unauthorized",
};

/** Counts a wrong token. @throws AppError `rate-limited` (429) if the limit is exceeded. */
export async function countRefusal(request: Request, kind: TokenKind): Promise<void> {
  await limit("refusals", sharesOf("refusals", request, kind));
}

/** Whether an address has reached the limit of wrong tokens, as far as this instance knows. */
export function isSuspect(request: Request, kind: TokenKind): boolean {
  return sharesOf("refusals", request, kind).some((share) => exhausted("refusals", share) !== undefined);
}

function sharesOf(policy: Policy, request: Request, kind = ""): Share[] {
  const points = config().rateLimits[policy];
  const address = addressOf(request);
  if (address === "" || points === 0) return [];
  const customer = customerNetworkOf(address);
  const network = { key: keyOf(policy, networkOf(address), kind), points };
  if (customer === undefined) return [network];
  return [network, { key: keyOf(policy, customer, kind), points: points * CUSTOMER_NETWORK_TIMES }];
}

/** Counts a request in all its shares. The response headers describe the share with the fewest remaining requests. */
async function limit(policy: Policy, shares: readonly Share[], weight = 1): Promise<void> {
  refuseExhausted(policy, shares);
  let least = Number.POSITIVE_INFINITY;
  for (const share of shares) {
    const counted = await span("limit", () => count(policy, share, weight));
    if (counted.remaining < least) setRateHeaders(share, counted);
    least = Math.min(least, counted.remaining);
    if (counted.spent) throw rateLimited(share, counted);
  }
}

/** A refused request is not counted, so that one /64 does not use up its /48, and a /48 does not fill the memory. */
function refuseExhausted(policy: Policy, shares: readonly Share[]): void {
  for (const share of shares) {
    const counted = exhausted(policy, share);
    if (counted === undefined) continue;
    setRateHeaders(share, counted);
    throw rateLimited(share, counted);
  }
}

function exhausted(policy: Policy, { key, points }: Share): Counted | undefined {
  const counted = counterOf(policy).look(key, points);
  return counted?.remaining === 0 ? counted : undefined;
}

/**
 * Counts in this instance first: a request beyond the limit here needs no shared count. If there are more callers than this
 * instance can remember, they are not counted in the store either, because they would only fill it.
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

/** The counts of this instance. */
function counterOf(policy: Policy): WindowCounter {
  const counter = counters.get(policy) ?? new WindowCounter();
  counters.set(policy, counter);
  return counter;
}

/** The key of a caller. It is a keyed hash, so that no address is stored, and the same in all instances. */
function keyOf(policy: Policy, caller: string, kind = ""): string {
  const { adminToken, cronSecret, databaseUrl } = config();
  const secret = adminToken ?? cronSecret ?? databaseUrl ?? "local";
  return createHmac("sha256", secret).update(`rate-limit:${policy}:${kind}:${caller}`).digest("base64url").slice(0, 22);
}

function setRateHeaders({ points }: Share, { remaining, ms }: Counted): void {
  addResponseHeaders({
    "RateLimit-Policy": `${points};w=${WINDOW_SECONDS}`,
    "RateLimit-Limit": String(points),
    "RateLimit-Remaining": String(remaining),
    "RateLimit-Reset": String(secondsUntil(ms)),
  });
}

function rateLimited({ points }: Share, { ms }: Counted): AppError {
  const seconds = secondsUntil(ms);
  const message = `At most ${points} requests in ${WINDOW_SECONDS} seconds are allowed. Try again in ${seconds} seconds.`;
  return new AppError("rate-limited", message, { headers: { "Retry-After": String(seconds) } });
}

/** At least 1, because 0 would invite an immediate retry. */
const secondsUntil = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));
