import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Connection } from "../../../lib/db/connection.ts";
import { rows } from "../../../lib/db/db.ts";
import { detectPooling } from "../../../lib/db/drivers/pooling.ts";
import { openPostgres } from "../../../lib/db/drivers/postgres.ts";
import {
  judgeConnections,
  judgePooling,
  judgeServer,
  readServerFacts,
  type ServerFacts,
} from "../../../lib/db/server/server-facts.ts";
import { freshPostgres, openPglite } from "../../support/database/databases.ts";

const WELL: ServerFacts = {
  version: "15.18 (Debian 15.18-0+deb12u1)",
  major: 15,
  encoding: "UTF8",
  jit: { on: true, aboveCost: 100_000 },
  btreeGist: "installed",
  connections: { most: 97, free: 90 },
};

describe("the finding about a server", () => {
  it("is good of one as Debian installs it, with JIT on", () => {
    expect(judgeServer(WELL)).toEqual([
      { status: "pass", says: "Postgres 15.18 (Debian 15.18-0+deb12u1)" },
      { status: "pass", says: "texts are UTF-8" },
      { status: "pass", says: "JIT is on, as distributions ship it" },
      { status: "pass", says: "the extension btree_gist is installed" },
    ]);
    expect(judgeConnections(WELL)).toEqual({ status: "pass", says: "90 of 97 connections are free" });
  });

  it.each<[string, Partial<ServerFacts>, "warn" | "fail", string, string]>([
    ["too old", { major: 14 }, "fail", "Postgres 14 is too old", "version 15 or newer"],
    ["of ASCII", { encoding: "SQL_ASCII" }, "fail", "texts as SQL_ASCII, expected UTF8", "--encoding=UTF8"],
    ["eager to compile", { jit: { on: true, aboveCost: 0 } }, "warn", "from a cost of 0 on", "set jit = off"],
    ["not migrated yet", { btreeGist: "available" }, "warn", "btree_gist is not installed yet", "npm run db:migrate"],
    ["without contrib", { btreeGist: "missing" }, "fail", "extension btree_gist is missing", "postgresql-contrib"],
  ])("names the fault of one that is %s, and what to do", (_, over, status, says, remedy) => {
    const faults = judgeServer({ ...WELL, ...over }).filter((remark) => remark.status !== "pass");
    expect(faults).toEqual([{ status, says: expect.stringContaining(says), remedy: expect.stringContaining(remedy) }]);
  });

  it("names no threshold if JIT is off", () => {
    const off = { ...WELL, jit: { on: false, aboveCost: 0 } };
    expect(judgeServer(off)[2]).toEqual({ status: "pass", says: "JIT is off" });
  });

  it("warns when the connections of one instance are no longer free", () => {
    const full = { ...WELL, connections: { most: 97, free: 4 } };
    expect(judgeConnections(full)).toMatchObject({
      status: "warn",
      says: "4 of 97 connections are free, and an instance takes up to 5",
      remedy: expect.stringContaining("max_connections"),
    });
  });

  it.each([
    ["direct", false, "pass"],
    ["direct", true, "warn"],
    ["session", false, "warn"],
    ["transaction", true, "pass"],
    ["embedded", false, "pass"],
  ] as const)("of a connection that is %s, on Vercel: %s, is a %s", (pooling, onVercel, status) => {
    const remark = judgePooling(pooling, onVercel);
    expect(remark.status).toBe(status);
    expect(remark.remedy === undefined).toBe(status === "pass");
  });
});

describe("a server's facts", () => {
  let own: Connection & { url: string };
  beforeAll(async () => {
    own = await freshPostgres();
  });
  afterAll(() => own.close());

  it("are those of the server, and any role may read them", async () => {
    const [shown] = await rows<{ version: string }>(own.db, sql`select current_setting('server_version') as version`);
    const facts = await readServerFacts(own.db);
    expect(facts).toMatchObject({ version: shown?.version, encoding: "UTF8", btreeGist: "installed" });
    expect(facts.major).toBe(Number.parseInt(facts.version, 10));
    expect(facts.connections.free).toBeLessThan(facts.connections.most);
  });

  it("count the connections of the database, if its limit is lower than the server's", async () => {
    const name = new URL(own.url).pathname.slice(1);
    await rows(own.db, sql.raw(`alter database ${name} connection limit 7`));
    const before = await readServerFacts(own.db);
    const other = openPostgres(own.url);
    await rows(other.db, sql`select 1`);
    const { connections } = await readServerFacts(own.db);
    await other.close();
    expect(connections).toEqual({ most: 7, free: before.connections.free - 1 });
  });

  it("count the extension as available before it is installed", async () => {
    const { db, close } = await freshPostgres();
    await rows(db, sql`drop extension btree_gist cascade`);
    expect((await readServerFacts(db)).btreeGist).toBe("available");
    await close();
  });

  it("tell that it is reached directly; of Neon, what the host's name says", async () => {
    expect(await detectPooling(own.db, "db.example")).toBe("direct");
    expect(await detectPooling(own.db, "ep-cool-sun-123-pooler.eu-central-1.aws.neon.tech")).toBe("transaction");
    expect(await detectPooling(own.db, "ep-cool-sun-123.eu-central-1.aws.neon.tech")).toBe("direct");
  });

  it("can be read of the embedded database, too", async () => {
    const { db, close } = await openPglite();
    expect(await readServerFacts(db)).toMatchObject({ btreeGist: "installed", jit: { on: false }, encoding: "UTF8" });
    expect(await detectPooling(db, undefined)).toBe("embedded");
    await close();
  });
});
