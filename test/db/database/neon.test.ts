import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { neon as neonDriver } from "@neondatabase/serverless";
import { type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, onTestFinished } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { connect } from "../../../lib/db/client.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import { at, type Db, instantOf, json, row, rows, transact } from "../../../lib/db/db.ts";
import { migrate } from "../../../lib/db/migrations/migrate.ts";
import { describeError } from "../../../lib/errors.ts";
import { jobRuns } from "../../../lib/jobs/schema.ts";
import { emailQueue } from "../../../lib/mail/schema.ts";
import {
  awards,
  leaderboardResults,
  notifications,
  userBadges,
  weeklyResults,
} from "../../../lib/sport/evaluation/schema.ts";
import { type NeonProxy, neonProxy, neonUrl, useNeonProxy } from "../../fakes/neon-proxy.ts";
import type { Door } from "../../fakes/tcp-relay.ts";
import { createBlankDatabase } from "../../support/database/blank-database.ts";
import { createDatabase } from "../../support/database/databases.ts";
import { fireWeekly } from "../../support/jobs/invoke-weekly.ts";
import { addUsers, addWorkouts, befriend, pushups, running } from "../../worlds/club.ts";

configure({ EVENTS_BASE_URL: "http://127.0.0.1", EMAIL_PREFERENCES_SECRET: "a-secret-of-the-tests" });

/** Opens a database for one test. */
async function open(url: string): Promise<Connection> {
  const connection = await connect(url);
  onTestFinished(() => connection.close());
  return connection;
}

describe("a database at Neon", () => {
  let proxy: NeonProxy;
  let url: string;
  let neon: Connection;
  let db: Db;
  beforeAll(async () => {
    proxy = await neonProxy(inject("postgresUrl"));
    await proxy.open();
    useNeonProxy(proxy);
    url = await createDatabase();
    neon = await connect(neonUrl(url));
    db = neon.db;
    await rows(db, sql`create table marks (n int primary key)`);
  });
  afterAll(async () => {
    await neon.close();
    await proxy.close();
  });
  beforeEach(() => rows(db, sql`truncate marks`));

  const marks = async () => (await rows<{ n: number }>(db, sql`select n from marks order by n`)).map(({ n }) => n);

  it("is served by Neon's driver", () => {
    expect(neon.driver).toBe("neon");
  });

  it("takes single statements over HTTP", async () => {
    const sockets = proxy.sockets.length;
    await rows(db, sql`insert into marks values (${1}::int)`);
    expect(await marks()).toEqual([1]);
    expect(proxy.statements.slice(-2)).toEqual([
      "insert into marks values ($1::int)",
      "select n from marks order by n",
    ]);
    expect(proxy.sockets).toHaveLength(sockets);
  });

  it("takes transactions over a WebSocket", async () => {
    const statements = proxy.statements.length;
    await transact(db, (tx) => rows(tx, sql`insert into marks values (1)`));
    expect(proxy.statements).toHaveLength(statements);
    expect(proxy.sockets).toContain("ep-test-123.eu-central-1.aws.neon.tech:5432");
    expect(await marks()).toEqual([1]);
  });

  it("rolls a transaction that threw back, and throws the same error", async () => {
    const work = transact(db, async (tx) => {
      await rows(tx, sql`insert into marks values (1)`);
      throw new Error("changed my mind");
    });
    await expect(work).rejects.toThrow("changed my mind");
    expect(await marks()).toEqual([]);
  });

  it.each<[string, (statement: SQL) => Promise<unknown>]>([
    ["a single statement", (statement) => rows(db, statement)],
    ["a transaction", (statement) => transact(db, (tx) => rows(tx, statement))],
  ])("names a violated constraint by Postgres' code in %s", async (_, run) => {
    await rows(db, sql`insert into marks values (1)`);
    const error = await run(sql`insert into marks values (1)`).catch(describeError);
    expect(error).toEqual({
      code: "23505",
      message: 'duplicate key value violates unique constraint "marks_pkey"',
    });
  });

  it("hands values over as pg does, alone and in a transaction", async () => {
    const instant = new Date("2026-03-29T01:00:00.123Z");
    const statement = sql`select ${at(instant)} as instant, ${at(instant)}::date as date, '1 day'::interval as interval,
      array[${at(instant)}] as instants, 12345678901234567890.12::numeric(30, 2) as numeric,
      9007199254740993::bigint as bigint, 7::int as int, 0.1::float8 as float, true as bool, null::text as nothing,
      ${json({ deep: [{ ü: "\\" }, 1.5, null] })} as jsonb, array['a', 'b "c"', null] as texts,
      array[1, 2]::int[] as ints, array[1, 2]::bigint[] as bigints, array[1.50]::numeric[] as numerics,
      '\\x00ff'::bytea as bytes, ${null}::int as none, ${"O'Hara"}::text as text, ${false}::boolean as given`;
    const pg = await open(url);
    const expected = await row<{ instant: string }>(pg.db, statement);
    expect(await row(db, statement)).toEqual(expected);
    expect(await transact(db, (tx) => row(tx, statement))).toEqual(expected);
    expect(instantOf(expected.instant)).toEqual(instant);
  });

  it("takes a batch as one transaction, all or nothing", async () => {
    const http = neonDriver(neonUrl(url));
    const mark = (n: number) => http`insert into marks values (${n}) returning n`;
    expect(await http.transaction([mark(1), mark(2)], { isolationLevel: "RepeatableRead" })).toEqual([
      [{ n: 1 }],
      [{ n: 2 }],
    ]);
    await expect(http.transaction([mark(3), mark(1)])).rejects.toMatchObject({ code: "23505" });
    expect(await marks()).toEqual([1, 2]);
  });

  it("is migrated once", async () => {
    const blank = await open(neonUrl(await createBlankDatabase()));
    const applied = await migrate(blank.db);
    expect(applied).toBeGreaterThan(0);
    expect(await migrate(blank.db)).toBe(0);
    expect(await row(blank.db, sql`select count(*)::int as n from drizzle.__drizzle_migrations`)).toEqual({
      n: applied,
    });
  });

  it("gets the same from the weekly evaluation as with pg", async () => {
    const pg = await open(await createDatabase());
    const atNeon = await open(neonUrl(await createDatabase()));
    const tables = await evaluate(atNeon.db);
    expect(tables).toEqual(await evaluate(pg.db));
    expect(Object.entries(tables).filter(([, found]) => found.length === 0)).toEqual([]);
  });
});

/** Evaluates a week of a small club. @returns what it left in the tables, without generated ids, in a fixed order. */
async function evaluate(db: Db): Promise<Record<string, unknown[]>> {
  await addUsers(db, "ada", "bob", { id: "cyd", language: "en" }, { id: "dan", weeklyGoals: { points: 5 } });
  await befriend(db, ["ada", "bob"], ["ada", "cyd"], ["cyd", "dan"]);
  await addWorkouts(
    db,
    { userId: "ada", at: "2026-02-03T10:00:00Z", activities: [pushups(120), running(10.5)] },
    { userId: "ada", at: "2026-02-08T23:59:59Z", activities: [pushups(7)] },
    { userId: "bob", at: "2026-02-04T10:00:00Z", activities: [running(5)] },
    { userId: "cyd", at: "2026-02-04T10:00:00Z", activities: [pushups(1500)] },
  );
  const { main } = await fireWeekly(db, "2026-02-09T00:05:00Z");
  expect(main.outcome.status).toBe("completed");
  const left: Record<string, unknown[]> = {};
  const tables = { weeklyResults, leaderboardResults, userBadges, awards, notifications, emailQueue, jobRuns };
  for (const [name, table] of Object.entries(tables)) {
    const kept = (await db.select().from(table)).map((found) => JSON.stringify({ ...found, id: undefined }));
    left[name] = kept.sort().map((found) => JSON.parse(found) as unknown);
  }
  return left;
}

/** Starts a proxy for one test, and points the driver at it. */
async function proxyOfTest(): Promise<NeonProxy> {
  const proxy = await neonProxy(inject("postgresUrl"));
  onTestFinished(() => proxy.close());
  useNeonProxy(proxy);
  return proxy;
}

describe("a Neon database that refuses the first connection", () => {
  it("is asked again for a single statement", async () => {
    const proxy = await proxyOfTest();
    const refused = openAtRefusal(proxy);
    const { db } = await open(neonUrl(await createDatabase()));
    expect(await rows(db, sql`select 1 as n`)).toEqual([{ n: 1 }]);
    expect(refused()).toBe(1);
    expect(proxy.statements).toHaveLength(1);
  });

  it("is asked again for a transaction", async () => {
    const proxy = await proxyOfTest();
    const refused = openAtRefusal(proxy);
    const { db } = await open(neonUrl(await createDatabase()));
    expect(await transact(db, (tx) => rows(tx, sql`select 1 as n`))).toEqual([{ n: 1 }]);
    expect(refused()).toBe(1);
    expect(proxy.sockets).toHaveLength(1);
  });

  it("gets an error with a message if every connection is refused", async () => {
    await proxyOfTest();
    const { db } = await open(neonUrl(await createDatabase()));
    const error: unknown = await transact(db, (tx) => rows(tx, sql`select 1`)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(describeError(error).message).toContain("WebSocket");
  });
});

it("a transaction whose WebSocket breaks is run again and takes effect once", async () => {
  const proxy = await proxyOfTest();
  await proxy.open();
  const { db } = await open(neonUrl(await createDatabase()));
  await rows(db, sql`create table marks (n int)`);
  let tries = 0;
  await transact(db, async (tx) => {
    tries += 1;
    await rows(tx, sql`insert into marks values (${tries}::int)`);
    if (tries > 1) return;
    await proxy.shut();
    await proxy.open();
    await rows(tx, sql`select 1`);
  });
  expect(await rows(db, sql`select n from marks`)).toEqual([{ n: 2 }]);
  expect(proxy.sockets).toHaveLength(2);
});

/** Lets a server answer from the second connection on. @returns how many were refused. */
function openAtRefusal(door: Door): () => number {
  let refused = 0;
  const onRefused = (message: unknown) => {
    if (Number((message as { connectParams: { port: string } }).connectParams.port) !== door.port) return;
    refused += 1;
    if (refused === 1) void door.open();
  };
  subscribe("undici:client:connectError", onRefused);
  onTestFinished(() => void unsubscribe("undici:client:connectError", onRefused));
  return () => refused;
}
