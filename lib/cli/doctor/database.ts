import { existsSync } from "node:fs";
import { sql } from "drizzle-orm";
import journal from "../../../drizzle/meta/_journal.json" with { type: "json" };
import { config } from "../../config/config.ts";
import { type Connection, connect } from "../../db/client.ts";
import { type Db, instantOf, row, rows } from "../../db/db.ts";
import { poolingOf } from "../../db/drivers/pooling.ts";
import { judgeConnections, judgePooling, judgeServer, readServerFacts } from "../../db/server/server-facts.ts";
import { describeError } from "../../errors.ts";
import { type Found, fail, lacking, pass, warn } from "./finding.ts";

const EMBEDDED = ".data/pglite";

/** Everything about the database, over one connection of its own. */
export async function lookAtDatabase(now: () => Date): Promise<Found[]> {
  const { databaseUrl, onVercel } = config();
  if (databaseUrl === undefined) {
    const remedy = "set DATABASE_URL to a Postgres (Neon: the pooled connection string)";
    if (onVercel) return [fail("DATABASE_URL is not set", remedy)];
    if (!existsSync(EMBEDDED)) {
      return [
        warn("DATABASE_URL is not set, and there is no embedded database yet", `npm start makes one, or ${remedy}`),
      ];
    }
  }
  let connection: Connection | undefined;
  try {
    connection = await connect(databaseUrl);
    return await lookInto(connection, now);
  } catch (error) {
    const { code, message } = describeError(error);
    if (code === "conflict") return [warn(message, "nothing, if npm start runs; to look into it, stop that first")];
    const remedy =
      "see that the server runs and may be reached from here, and that DATABASE_URL has its host, user and password";
    return [fail(`it cannot be reached (${code}: ${message})`, remedy)];
  } finally {
    await connection?.close().catch(() => {});
  }
}

async function lookInto({ db, driver }: Connection, now: () => Date): Promise<Found[]> {
  const answer = await timeOf(db, now);
  const through = driver === "pglite" ? "embedded in .data/" : `through the driver for ${driver}`;
  return [
    pass(`it answers in ${answer.latencyMs} ms, ${through}`),
    ...(await remarks(db)),
    ...skewOf(answer.skewMs),
    ...(await writing(db)),
    ...(await migrations(db)),
    ...(await zones(db)),
  ];
}

async function remarks(db: Db): Promise<Found[]> {
  const facts = await readServerFacts(db);
  const pooling = await poolingOf(db);
  const all = [...judgeServer(facts), judgePooling(pooling, config().onVercel)];
  return pooling === "embedded" ? all : [...all, judgeConnections(facts)];
}

interface Answer {
  /** The best of some. */
  latencyMs: number;
  /** How much its clock is ahead of ours, as far as one can tell. */
  skewMs: number;
}

const LOOKS = 3;

async function timeOf(db: Db, now: () => Date): Promise<Answer> {
  let best: Answer | undefined;
  for (let look = 0; look < LOOKS; look += 1) {
    const before = Number(now());
    const { at } = await row<{ at: string }>(db, sql`select clock_timestamp() as at`);
    const latencyMs = Number(now()) - before;
    if (best !== undefined && best.latencyMs <= latencyMs) continue;
    best = { latencyMs, skewMs: Number(instantOf(at)) - (before + latencyMs / 2) };
  }
  if (best === undefined) throw new Error("expected a look at the server, got none");
  return best;
}

/** Leases are a minute, and firings are told apart within 30 seconds (schedule.ts). */
function skewOf(skewMs: number): Found[] {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  if (seconds < 5) return [pass("its clock and ours agree")];
  const says = `its clock is ${seconds} s ${skewMs > 0 ? "ahead of" : "behind"} ours`;
  const remedy = "let this machine take its time from NTP (timedatectl set-ntp true)";
  return [seconds < 30 ? warn(says, remedy) : fail(says, remedy)];
}

async function writing(db: Db): Promise<Found[]> {
  const { readOnly } = await row<{ readOnly: boolean }>(
    db,
    sql`select current_setting('transaction_read_only')::bool or pg_is_in_recovery() as "readOnly"`,
  );
  const remedy = "point DATABASE_URL to the primary, and see that the storage limit is not reached";
  return [readOnly ? fail("nothing can be written: it is read-only", remedy) : pass("it can be written to")];
}

async function migrations(db: Db): Promise<Found[]> {
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
    return [
      warn(
        "it has migrations that this code does not know",
        "deploy the newest code, or look which is the right database",
      ),
    ];
  }
  return [pass(`all ${journal.entries.length} migrations are there`)];
}

/** Sums of sites are of days that the database cuts by their zone; offsets it reads the other way round, and needs no names for. */
async function zones(db: Db): Promise<Found[]> {
  const { timeZone, tracking } = config();
  const named = [timeZone, tracking.zone].filter((zone) => !/^[+-]/.test(zone));
  const unknown = await rows<{ zone: string }>(
    db,
    sql`select zone from jsonb_array_elements_text(${JSON.stringify([...new Set(named)])}::jsonb) as zone
      where lower(zone) not in (select lower(name) from pg_timezone_names)`,
  );
  return unknown.map(({ zone }) =>
    lacking(
      `the database does not know the zone ${zone}`,
      "write it as the IANA database has it, or update the server",
    ),
  );
}
