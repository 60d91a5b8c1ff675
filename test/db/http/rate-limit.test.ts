import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../../lib/db/connection.ts";
import { rows } from "../../../lib/db/db.ts";
import { forgetRates } from "../../../lib/http/rate-limit/retention.ts";
import { empty, freshPostgres } from "../../support/database/databases.ts";
import { newInstance, statusesOf } from "../../support/http/limited.ts";

const SETTINGS = { RATE_LIMIT_READS: "3", RATE_LIMIT_WRITES: "1", RATE_LIMIT_REFUSALS: "2" };
const HOME = "203.0.113.7";

describe("rate limits in the database", () => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await freshPostgres();
  });
  afterAll(() => connection.close());
  beforeEach(() => empty(connection.db));

  it("answer 429 with Retry-After and RateLimit headers to one too many, and say before how many are left", async () => {
    const { ask } = await newInstance(connection, SETTINGS);
    const first = await ask("GET", HOME);
    expect(first.headers.get("ratelimit-limit")).toBe("3");
    expect(first.headers.get("ratelimit-policy")).toBe("3;w=60");
    expect(first.headers.get("ratelimit-remaining")).toBe("2");
    expect(await statusesOf(2, () => ask("GET", HOME))).toEqual([200, 200]);
    const refused = await ask("GET", HOME);
    expect(refused.status).toBe(429);
    expect(refused.headers.get("ratelimit-remaining")).toBe("0");
    for (const header of ["retry-after", "ratelimit-reset"]) {
      const seconds = Number(refused.headers.get(header));
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(60);
    }
    expect(await refused.json()).toMatchObject({ status: "error", error: { code: "rate-limited" } });
  });

  it("are shared by all instances", async () => {
    const one = await newInstance(connection, SETTINGS);
    expect(await statusesOf(2, () => one.ask("GET", HOME))).toEqual([200, 200]);
    const other = await newInstance(connection, SETTINGS);
    expect(await statusesOf(2, () => other.ask("GET", HOME))).toEqual([200, 429]);
    const third = await newInstance(connection, SETTINGS);
    expect(await statusesOf(2, () => third.ask("GET", HOME))).toEqual([429, 429]);
  });

  it("let exactly as many through as are allowed, however many come at once", async () => {
    const instances = [await newInstance(connection, SETTINGS), await newInstance(connection, SETTINGS)];
    const answers = await Promise.all(
      instances.flatMap(({ ask }) => Array.from({ length: 20 }, () => ask("GET", HOME))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
  });

  it("count addresses apart, reading and writing apart, and an IPv6 household as one", async () => {
    const { ask } = await newInstance(connection, SETTINGS);
    expect(await statusesOf(2, () => ask("POST", HOME))).toEqual([200, 429]);
    expect((await ask("GET", HOME)).status).toBe(200);
    expect((await ask("POST", "203.0.113.8")).status).toBe(200);
    expect((await ask("POST", "2001:db8:1:2::1")).status).toBe(200);
    expect((await ask("POST", "2001:db8:1:2:ffff::9")).status).toBe(429);
  });

  it("do not count requests without an address, or any requests if they are off", async () => {
    const { ask } = await newInstance(connection, SETTINGS);
    expect(await statusesOf(5, () => ask("POST", ""))).toEqual([200, 200, 200, 200, 200]);
    const open = await newInstance(connection, { RATE_LIMIT_READS: "0" });
    expect(await statusesOf(5, () => open.ask("GET", HOME))).toEqual([200, 200, 200, 200, 200]);
  });

  it("answer 429 to an address that has come with too many wrong tokens, and let the right one in all the same", async () => {
    const { ask } = await newInstance(connection, SETTINGS);
    const wrong = () => ask("DELETE", HOME, "not-the-token");
    expect(await statusesOf(3, wrong)).toEqual([401, 401, 429]);
    expect((await ask("DELETE", HOME, "an-admin-token-of-tests")).status).toBe(200);
    const refused = await wrong();
    expect(refused.status).toBe(429);
    expect(refused.headers.get("ratelimit-limit")).toBe("2");
    expect(refused.headers.get("ratelimit-remaining")).toBe("0");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await ask("DELETE", "203.0.113.8", "not-the-token")).status).toBe(401);
  });

  it("count preflights, and methods that are not served", async () => {
    const { ask } = await newInstance(connection, { ...SETTINGS, RATE_LIMIT_PREFLIGHTS: "3" });
    expect(await statusesOf(2, () => ask("OPTIONS", HOME))).toEqual([204, 204]);
    expect(await statusesOf(2, () => ask("PUT", HOME))).toEqual([405, 429]);
    const refused = await ask("OPTIONS", HOME);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await ask("GET", HOME)).status).toBe(200);
    expect((await ask("OPTIONS", "203.0.113.8")).status).toBe(204);
  });

  it("give a /48 of IPv6 four times the limit of each /64 in it", async () => {
    const { ask } = await newInstance(connection, SETTINGS);
    const from = (subnet: number) => ask("GET", `2001:db8:7:${subnet}::1`);
    for (const subnet of [1, 2, 3, 4]) {
      expect(await statusesOf(4, () => from(subnet))).toEqual([200, 200, 200, 429]);
    }
    const refused = await from(5);
    expect({ status: refused.status, limit: refused.headers.get("ratelimit-limit") }).toEqual({
      status: 429,
      limit: "12",
    });
    expect((await ask("GET", "2001:db8:8:1::1")).status).toBe(200);
    const other = await newInstance(connection, SETTINGS);
    expect((await other.ask("GET", "2001:db8:7:6::1")).status).toBe(429);
  });

  it("never limit the operator", async () => {
    const { ask } = await newInstance(connection, SETTINGS);
    const operator = () => ask("DELETE", HOME, "an-admin-token-of-tests");
    expect(await statusesOf(5, operator)).toEqual([200, 200, 200, 200, 200]);
  });

  it("store no address, and are forgotten when their minute is over", async () => {
    const { ask } = await newInstance(connection, SETTINGS);
    await ask("GET", HOME);
    const [kept] = await rows<{ key: string; expire: string }>(connection.db, sql`select key, expire from rate_limits`);
    expect(kept?.key).toMatch(/^reads:[\w-]{22}$/);
    const expiry = Number(kept?.expire);
    expect(await forgetRates(connection.db, new Date(expiry - 1), 10)).toBe(0);
    expect(await forgetRates(connection.db, new Date(expiry + 1), 10)).toBe(1);
  });

  it("refuse no request while their table is missing, log that once, and keep counting in each instance", async () => {
    await rows(connection.db, sql`alter table rate_limits rename to elsewhere`);
    try {
      const { ask, lines, pingRateLimitStore } = await newInstance(connection, SETTINGS);
      expect(await statusesOf(3, () => ask("GET", HOME))).toEqual([200, 200, 200]);
      expect(lines.filter(({ event }) => event === "rate_limit_store_failed")).toMatchObject([
        { level: "warn", store: "postgres", error: { code: "42P01" } },
      ]);
      expect((await ask("GET", HOME)).status).toBe(429);
      await expect(pingRateLimitStore()).rejects.toThrow();
    } finally {
      await rows(connection.db, sql`alter table elsewhere rename to rate_limits`);
    }
  });

  it("refuse no request while the configured Redis does not answer", async () => {
    const { ask, lines, pingRateLimitStore } = await newInstance(connection, {
      ...SETTINGS,
      REDIS_URL: "redis://:a-redis-password@127.0.0.1:1",
    });
    expect(await statusesOf(3, () => ask("GET", HOME))).toEqual([200, 200, 200]);
    expect(lines.filter(({ event }) => event === "rate_limit_store_failed")).toMatchObject([{ store: "redis" }]);
    expect(JSON.stringify(lines)).not.toContain("a-redis-password");
    await expect(pingRateLimitStore()).rejects.toThrow("ECONNREFUSED");
  });
});
