import { once } from "node:events";
import { Socket } from "node:net";
import { sql } from "drizzle-orm";
import type { PoolConfig } from "pg";
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { connect } from "../../../lib/db/client.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import { type Db, row, rows, transact } from "../../../lib/db/db.ts";
import { openPostgres } from "../../../lib/db/drivers/postgres.ts";
import { migrate } from "../../../lib/db/migrations/migrate.ts";
import { describeError } from "../../../lib/errors.ts";
import { type Relay, tcpRelay, through, type Watch } from "../../fakes/tcp-relay.ts";
import { createBlankDatabase } from "../../support/database/blank-database.ts";
import { createDatabase } from "../../support/database/databases.ts";

let url: string;
let db: Db;
beforeAll(async () => {
  url = await createDatabase();
  const connection = openPostgres(url);
  db = connection.db;
  await rows(db, sql`create table marks (n int primary key)`);
  await rows(db, sql`create table counters (id int primary key, n int not null)`);
  return connection.close;
});
beforeEach(async () => {
  await rows(db, sql`truncate marks, counters`);
  await rows(db, sql`insert into counters values (1, 0), (2, 0)`);
});

/** Opens a database for one test. */
function open(address = url, options?: PoolConfig): Connection {
  const connection = openPostgres(address, options);
  onTestFinished(connection.close);
  return connection;
}

async function relay(watch?: { fromClient?: Watch; fromServer?: Watch }): Promise<Relay> {
  const started = await tcpRelay(url, watch);
  onTestFinished(started.close);
  return started;
}

const marks = async () => (await rows<{ n: number }>(db, sql`select n from marks order by n`)).map(({ n }) => n);
const counters = async () => (await rows<{ n: number }>(db, sql`select n from counters order by id`)).map(({ n }) => n);
const count = (tx: Db, id: number) => rows(tx, sql`update counters set n = n + 1 where id = ${id}`);
const backend = async (tx: Db) => (await row<{ pid: number }>(tx, sql`select pg_backend_pid() as pid`)).pid;
/** Ends a connection at the server; returns once it is gone there. */
const kill = (pid: number) => rows(db, sql`select pg_terminate_backend(${pid}::int, 10000)`);

describe("a transaction", () => {
  it.each<[string, (tx: Db) => Promise<unknown>]>([
    ["in a statement", (tx) => rows(tx, sql`select pg_terminate_backend(pg_backend_pid())`)],
    ["between statements", async (tx) => kill(await backend(tx)).then(() => rows(tx, sql`select 1`))],
  ])("whose connection is killed %s is run again and takes effect once", async (_, die) => {
    const victim = open();
    let tries = 0;
    const result = await transact(victim.db, async (tx) => {
      tries += 1;
      await rows(tx, sql`insert into marks values (${tries})`);
      if (tries === 1) await die(tx);
      return tries;
    });
    expect(result).toBe(2);
    expect(await marks()).toEqual([2]);
  });

  it("that finds its connection dead when it begins leaves the place in the pool to the next try", async () => {
    let begins = 0;
    const cutTwice = (sent: Buffer) => (sent.includes("begin") && ++begins <= 2 ? "cut" : undefined);
    const line = await relay({ fromClient: cutTwice });
    await line.open();
    const { db: behind } = open(through(line, url), { max: 1, connectionTimeoutMillis: 2000 });
    await transact(behind, (tx) => rows(tx, sql`insert into marks values (1)`));
    expect(begins).toBe(3);
    expect(await marks()).toEqual([1]);
  });

  it("that a deadlock ended is run again, and both sides take effect once", async () => {
    const { db: pool } = open();
    let tries = 0;
    const [both, arrived] = barrier(2);
    const move = (first: number, second: number) =>
      transact(pool, async (tx) => {
        tries += 1;
        await count(tx, first);
        arrived();
        await both;
        await count(tx, second);
      });
    await Promise.all([move(1, 2), move(2, 1)]);
    expect(tries).toBe(3);
    expect(await counters()).toEqual([2, 2]);
  });

  it("that could not be serialized is run again and sees the changes made in between", async () => {
    const seen: unknown[] = [];
    await transact(db, async (tx) => {
      await rows(tx, sql`set transaction isolation level repeatable read`);
      seen.push(await row(tx, sql`select n from counters where id = 1`));
      if (seen.length === 1) await count(db, 1);
      await count(tx, 1);
    });
    expect(seen).toEqual([{ n: 0 }, { n: 1 }]);
    expect(await counters()).toEqual([2, 0]);
  });

  it("that fails for a reason of its own is not run again", async () => {
    let tries = 0;
    const work = transact(db, async (tx) => {
      tries += 1;
      await rows(tx, sql`insert into marks values (1), (1)`);
    });
    await expect(work).rejects.toMatchObject({ cause: { code: "23505" } });
    expect(tries).toBe(1);
  });

  it.each([
    ["before the server saw it, and took no effect", "client", []],
    ["after the server did it, and took effect once", "server", [1]],
  ])("whose connection broke at the commit is not run again: %s", async (_, side, effect) => {
    let committing = false;
    const cutOnce = () => {
      committing = false;
      return "cut" as const;
    };
    const fromClient = (sent: Buffer) => {
      committing = sent.includes("commit");
      return committing && side === "client" ? cutOnce() : undefined;
    };
    const line = await relay({ fromClient, fromServer: () => (committing ? cutOnce() : undefined) });
    await line.open();
    const { db: behind } = open(through(line, url));
    let tries = 0;
    const work = transact(behind, async (tx) => {
      tries += 1;
      await rows(tx, sql`insert into marks values (${tries})`);
    });
    await expect(work).rejects.toThrow();
    expect(tries).toBe(1);
    expect(await marks()).toEqual(effect);
  });
});

/** @returns a promise that resolves once so many have arrived, and how to arrive. */
function barrier(size: number): [Promise<void>, () => void] {
  const { promise, resolve } = Promise.withResolvers<void>();
  let missing = size;
  return [promise, () => void (--missing === 0 && resolve())];
}

describe("a connection", () => {
  it("that the server drops while it is idle is replaced for the next statement", async () => {
    const sockets: Socket[] = [];
    const { db: pool } = open(url, { stream: () => observed(sockets) });
    const pid = await backend(pool);
    const dropped = once(sockets[0]!, "close");
    await kill(pid);
    await dropped;
    expect(await rows(pool, sql`select 1 as n`)).toEqual([{ n: 1 }]);
  });

  it.each<[string, (pool: Db) => Promise<unknown>]>([
    ["a statement", (pool) => rows(pool, sql`insert into marks values (1)`)],
    ["a transaction", (pool) => transact(pool, (tx) => rows(tx, sql`insert into marks values (1)`))],
  ])("to a server that is not up yet is tried again for %s", async (_, work) => {
    const line = await relay();
    const sockets: Socket[] = [];
    const stream = () => observed(sockets).once("error", () => void line.open());
    await work(open(through(line, url), { stream }).db);
    expect(sockets).toHaveLength(2);
    expect(await marks()).toEqual([1]);
  });

  it.each<[string, (pool: Db) => Promise<unknown>]>([
    ["a statement", (pool) => rows(pool, sql`select 1`)],
    ["a transaction", (pool) => transact(pool, (tx) => rows(tx, sql`select 1`))],
  ])("to a server that stays down is given up at the fourth try for %s", async (_, work) => {
    const sockets: Socket[] = [];
    const { db: pool } = open(through(await relay(), url), { stream: () => observed(sockets) });
    expect(await work(pool).catch(describeError)).toMatchObject({ code: "ECONNREFUSED" });
    expect(sockets).toHaveLength(4);
  });

  it("is refused on Vercel without a URL", async () => {
    configure({ VERCEL: "1" });
    onTestFinished(() => void configure({}));
    await expect(connect(undefined)).rejects.toMatchObject({
      code: "misconfigured",
      message: "DATABASE_URL (or POSTGRES_URL): expected a Postgres URL, got none",
    });
  });
});

function observed(sockets: Socket[]): Socket {
  const socket = new Socket();
  sockets.push(socket);
  return socket;
}

it("four deployments at once apply each migration once", async () => {
  const blank = await createBlankDatabase();
  const deployments = [1, 2, 3, 4].map(() => open(blank).db);
  const applied = (await Promise.all(deployments.map((each) => migrate(each)))).sort((a, b) => b - a);
  const recorded = await rows(deployments[0]!, sql`select hash from drizzle.__drizzle_migrations`);
  expect(applied).toEqual([recorded.length, 0, 0, 0]);
  expect(new Set(recorded.map((found) => JSON.stringify(found)))).toHaveLength(applied[0]!);
});
