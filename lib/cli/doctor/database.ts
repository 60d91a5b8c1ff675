import { existsSync } from "node:fs";
import { sql } from "drizzle-orm";
import journal from "../../../drizzle/meta/_journal.json" with { type: "json" };
import { config } from "../../config/config.ts";
import { connect } from "../../db/client.ts";
import type { Connection } from "../../db/connection.ts";
import { type Db, instantOf, row, rows } from "../../db/db.ts";
import { poolingOf } from "../../db/drivers/pooling.ts";
import { judgeConnections, judgePooling, judgeServer, readServerFacts } from "../../db/server/server-facts.ts";
import { describeError } from "../../errors.ts";
import { fail, lacking, pass, type Result, warn } from "./finding.ts";

const EMBEDDED = ".data/pglite";

/** Checks the database over one connection of its own: speed, server, clock, migrations, zones. */
export async function checkDatabase(now: () => Date): Promise<Result[]> {
  const { databaseUrl, onVercel } = config();
  if (databaseUrl === undefined) {
    const remedy = "set DATABASE_URL to a Postgres (Neon: the pooled connection string)";
    if (onVercel) return [fail("DATABASE_URL is not set", remedy)];
    if (!existsSync(EMBEDDED)) {
      const says = "DATABASE_URL is not set, and there is no embedded database yet";
      return [warn(says, `npm start creates one, or ${remedy}`)];
    }
  }
  let connection: Connection | undefined;
  try {
    connection = await connect(databaseUrl);
    return await checkConnection(connection, now);
  } catch (error) {
    const { code, message } = describeError(error);
    if (code === "conflict")
      return [warn(message, "none is needed while npm start runs; stop it to check its database")];
    const remedy =
      "check that the server runs and can be reached from here, and that DATABASE_URL has its host, user and password";
    return [fail(`it cannot be reached (${code}: ${message})`, remedy)];
  } finally {
    await connection?.close().catch(() => {});
  }
}

async function checkConnection({ db, driver }: Connection, now: () => Date): Promise<Result[]> {
  const { latencyMs, skewMs } = await measure(db, now);
  const through = driver === "pglite" ? "embedded in .data/" : `through the driver for ${driver}`;
  return [
    pass(`it answers in ${latencyMs} ms, ${through}`),
    ...(await checkServer(db)),
    ...checkSkew(skewMs),
    ...(await checkWritable(db)),
    ...(await checkMigrations(db)),
    ...(await checkZones(db)),
  ];
}

async function checkServer(db: Db): Promise<Result[]> {
  const facts = await readServerFacts(db);
  const pooling = await poolingOf(db);
  const results = [...judgeServer(facts), judgePooling(pooling, config().onVercel)];
  return pooling === "embedded" ? results : [...results, judgeConnections(facts)];
}

interface Measurement {
  latencyMs: number;
  /** How far the clock of the server is ahead of ours, estimated. */
  skewMs: number;
}

const MEASUREMENTS = 3;

/** Measures a few times and returns the fastest answer, which also has the most exact skew. */
async function measure(db: Db, now: () => Date): Promise<Measurement> {
  let best: Measurement | undefined;
  for (let count = 0; count < MEASUREMENTS; count += 1) {
    const before = Number(now());
    const { at } = await row<{ at: string }>(db, sql`select clock_timestamp() as at`);
    const latencyMs = Number(now()) - before;
    if (best !== undefined && best.latencyMs <= latencyMs) continue;
    best = { latencyMs, skewMs: Number(instantOf(at)) - (before + latencyMs / 2) };
  }
  if (best === undefined) throw new Error("expected at least one measurement");
  return best;
}

/** A lease lasts a minute, and firings are told apart within 30 seconds (lib/jobs/schedule.ts). */
function checkSkew(skewMs: number): Result[] {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  if (seconds < 5) return [pass("its clock and ours agree")];
  const says = `its clock is ${seconds} s ${skewMs > 0 ? "ahead of" : "behind"} ours`;
  const remedy = "let this machine take its time from NTP (timedatectl set-ntp true)";
  return [seconds < 30 ? warn(says, remedy) : fail(says, remedy)];
}

async function checkWritable(db: Db): Promise<Result[]> {
  const { readOnly } = await row<{ readOnly: boolean }>(
    db,
    sql`select current_setting('transaction_read_only')::bool or pg_is_in_recovery() as "readOnly"`,
  );
  const remedy = "point DATABASE_URL to the primary, and check that the storage limit is not reached";
  return [readOnly ? fail("nothing can be written: it is read-only", remedy) : pass("it can be written to")];
}

async function checkMigrations(db: Db): Promise<Result[]> {
  const { known } = await row<{ known: boolean }>(
    db,
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as known`,
  );
  const { last } = known
    ? await row<{ last: string }>(
        db,
        sql`select coalesce(max(created_at), 0)::text as last from drizzle.__drizzle_migrations`,
      )
    : { last: "0" };
  const newest = journal.entries.at(-1)?.when ?? 0;
  const behind = journal.entries.filter(({ when }) => when > Number(last)).length;
  if (behind > 0) {
    return [fail(`it is ${behind} of ${journal.entries.length} migrations behind`, "npm run db:migrate")];
  }
  if (Number(last) > newest) {
    const remedy = "deploy the newest code, or check that this is the right database";
    return [warn("it has migrations that this code does not know", remedy)];
  }
  return [pass(`all ${journal.entries.length} migrations are applied`)];
}

/**
 * The database cuts the days of sites and of the attendance by their zone, so it has to know its name. A fixed offset
 * needs no name.
 */
async function checkZones(db: Db): Promise<Result[]> {
  const { timeZone, tracking } = config();
  const named = [timeZone, tracking.zone].filter((zone) => !/^[+-]/.test(zone));
  const unknown = await rows<{ zone: string }>(
    db,
    sql`select zone from jsonb_array_elements_text(${JSON.stringify([...new Set(named)])}::jsonb) as zone
      where lower(zone) not in (select lower(name) from pg_timezone_names)`,
  );
  const remedy = "write it as the IANA database does, or update the server";
  return unknown.map(({ zone }) => lacking(`the database does not know the zone ${zone}`, remedy));
}
