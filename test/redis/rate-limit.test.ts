import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../lib/db/connection.ts";
import { startRedis } from "../servers/redis.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { newInstance, statusesOf } from "../support/http/limited.ts";

const HOME = "203.0.113.7";

describe("rate limits in Redis", () => {
  let connection: Connection;
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let opened: Awaited<ReturnType<typeof newInstance>>[] = [];
  beforeAll(async () => {
    connection = await freshPostgres();
  });
  afterAll(() => connection.close());
  beforeEach(async () => {
    redis = await startRedis();
  });
  afterEach(async () => {
    for (const { closeRedis } of opened) await closeRedis();
    opened = [];
    await redis.stop();
  });

  const instance = async () => {
    const made = await newInstance(connection, { REDIS_URL: redis.url, RATE_LIMIT_READS: "3" });
    opened.push(made);
    return made;
  };

  it("are shared by all instances, and leave the database alone", async () => {
    const one = await instance();
    expect(await statusesOf(2, () => one.ask("GET", HOME))).toEqual([200, 200]);
    const other = await instance();
    expect(await statusesOf(2, () => other.ask("GET", HOME))).toEqual([200, 429]);
    expect(await other.pingRateLimitStore()).toBe("redis");
    expect(await connection.db.$count((await import("../../lib/http/rate-limit/schema.ts")).rateLimits)).toBe(0);
  });

  it("let exactly as many through as are allowed, however many come at once", async () => {
    const instances = [await instance(), await instance()];
    const answers = await Promise.all(
      instances.flatMap(({ ask }) => Array.from({ length: 20 }, () => ask("GET", HOME))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
  });

  it("refuse no request when Redis goes away, and count again when it is back", async () => {
    const { ask, lines } = await instance();
    expect((await ask("GET", HOME)).status).toBe(200);
    await redis.stop();
    const elsewhere = "203.0.113.8";
    expect(await statusesOf(2, () => ask("GET", elsewhere))).toEqual([200, 200]);
    expect(lines.filter(({ event }) => event === "rate_limit_store_failed")).toHaveLength(1);
    redis = await startRedis(redis.port);
    const fresh = await instance();
    expect(await statusesOf(4, () => fresh.ask("GET", elsewhere))).toEqual([200, 200, 200, 429]);
  });
});
