import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, inject, it, onTestFinished } from "vitest";
import { connect } from "../../../lib/db/client.ts";
import { type Db, rows, transact } from "../../../lib/db/db.ts";
import { whyUnavailable } from "../../../lib/db/failures/unavailable.ts";
import { type Fault, type NeonProxy, neonProxy, neonUrl, useNeonProxy } from "../../fakes/neon-proxy.ts";
import { createDatabase } from "../../support/database/databases.ts";

/** A body as Neon's proxy writes it: all fields of an error, empty where the fault is its own. */
const bodyOf = (message: string, code = "") => ({
  message,
  code,
  detail: code === "" ? null : "",
  hint: null,
  position: null,
  internalPosition: null,
  internalQuery: null,
  severity: code === "" ? "" : "FATAL",
  where: null,
  table: null,
  column: null,
  schema: null,
  dataType: null,
  constraint: null,
  file: null,
  line: null,
  routine: null,
});

const CONTROL_PLANE = "Control plane request failed";
const NO_COMPUTE = "Couldn't connect to compute node";
const NO_PERMIT =
  "Failed to acquire permit to connect to the database. Too many database connection attempts are currently ongoing.";

let proxy: NeonProxy;
let db: Db;
let own: Db;
beforeEach(async () => {
  proxy = await neonProxy(inject("postgresUrl"));
  await proxy.open();
  useNeonProxy(proxy);
  const url = await createDatabase();
  const neon = await connect(neonUrl(url));
  const postgres = await connect(url);
  db = neon.db;
  own = postgres.db;
  await rows(own, sql`create table marks (n int)`);
  onTestFinished(async () => {
    await neon.close();
    await postgres.close();
    await proxy.close();
  });
});

const insert = () => rows(db, sql`insert into marks values (1)`);
const insertInTransaction = () => transact(db, (tx) => rows(tx, sql`insert into marks values (1)`));
const marks = async () => (await rows(own, sql`select from marks`)).length;
const thrownBy = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("a single statement at Neon", () => {
  it.each<[string, Fault]>([
    ["500, control plane", { status: 500, body: bodyOf(CONTROL_PLANE) }],
    ["500, no compute node", { status: 500, body: bodyOf(NO_COMPUTE) }],
    ["500, no permit to connect", { status: 500, body: bodyOf(NO_PERMIT) }],
    ["500, a server that is starting", { status: 500, body: bodyOf("the database system is starting up", "57P03") }],
    ["500, too many connections", { status: 500, body: bodyOf("sorry, too many clients already", "53300") }],
    ["503 in JSON", { status: 503, body: bodyOf("Service Unavailable") }],
    ["503 in words", { status: 503, body: "upstream connect error or disconnect/reset before headers" }],
  ])("that met a fault before it ran is sent again and runs once: %s", async (_, fault) => {
    proxy.faults.push(fault, fault);
    await insert();
    expect(proxy.faults).toEqual([]);
    expect(proxy.statements).toEqual(["insert into marks values (1)"]);
    expect(await marks()).toBe(1);
  });

  it.each<[string, Fault]>([
    ["a result that the proxy could not read", { status: 500, body: bodyOf("could not parse postgres response") }],
    ["an error of the proxy's own COMMIT", { status: 500, body: bodyOf("deadlock detected", "40P01") }],
    ["no JSON at all", { status: 500, body: "Internal Server Error" }],
  ])("that may have run is not sent again: 500, %s", async (_, fault) => {
    proxy.faults.push({ ...fault, ran: true });
    expect(await thrownBy(insert())).toBeInstanceOf(Error);
    expect(proxy.statements).toHaveLength(1);
    expect(await marks()).toBe(1);
  });

  it("that raises an error in the same words is not sent again", async () => {
    const raise = sql`do $$ begin raise exception ${sql.raw(`'${CONTROL_PLANE}'`)}; end $$`;
    const error = await thrownBy(rows(db, raise));
    expect(proxy.statements).toHaveLength(1);
    expect(whyUnavailable(error)).toBeUndefined();
  });

  it.each([
    `${CONTROL_PLANE}: endpoint is disabled`,
    "Your account or project has exceeded the compute time quota. Upgrade your plan to increase limits.",
  ])("is not sent again where that does not help, and the database is away: %s", async (message) => {
    proxy.faults.push({ status: 500, body: bodyOf(message) });
    expect(whyUnavailable(await thrownBy(insert()))).toBe("unreachable");
    expect(proxy.statements).toEqual([]);
  });

  it("is given up after four tries, with Neon's own words", async () => {
    proxy.faults.push(...Array.from({ length: 4 }, () => ({ status: 500, body: bodyOf(CONTROL_PLANE) })));
    const error = await thrownBy(insert());
    expect(String((error as Error).cause)).toContain(`Server error (HTTP status 500): {"message":"${CONTROL_PLANE}"`);
    expect(whyUnavailable(error)).toBe("unreachable");
    expect(proxy.faults).toEqual([]);
    expect(await marks()).toBe(0);
  });
});

describe("a transaction at Neon", () => {
  it.each([CONTROL_PLANE, NO_COMPUTE, NO_PERMIT, ""])(
    "whose WebSocket is refused is begun again and takes effect once: %j",
    async (message) => {
      proxy.socketFaults.push(message, message);
      await insertInTransaction();
      expect(proxy.sockets).toHaveLength(3);
      expect(await marks()).toBe(1);
    },
  );

  it("is given up after four WebSockets, and the database is away", async () => {
    proxy.socketFaults.push(NO_COMPUTE, NO_COMPUTE, NO_COMPUTE, NO_COMPUTE);
    expect(whyUnavailable(await thrownBy(insertInTransaction()))).toBe("unreachable");
    expect(proxy.sockets).toHaveLength(4);
    expect(await marks()).toBe(0);
  });

  it("is not begun again if that does not help", async () => {
    proxy.socketFaults.push(`${CONTROL_PLANE}: endpoint is disabled`);
    expect(whyUnavailable(await thrownBy(insertInTransaction()))).toBe("unreachable");
    expect(proxy.sockets).toHaveLength(1);
  });
});
