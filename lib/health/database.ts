import { sql } from "drizzle-orm";
import journal from "../../drizzle/meta/_journal.json" with { type: "json" };
import { type Db, row } from "../db/db.ts";
import { type Outage, whyUnavailable } from "../db/failures/unavailable.ts";
import { probeWritesNowAndThen } from "../db/failures/write-probe.ts";
import type { Finding } from "./finding.ts";

/** A database that takes longer for the smallest of statements makes everything slow. */
const SLOW_MS = 500;

/**
 * How long the smallest statement takes. The first one is not counted: it may have had to open a connection, or to wake a
 * suspended database.
 */
export async function responseTime(db: Db): Promise<Finding> {
  await row(db, sql`select 1 as one`);
  const start = performance.now();
  await row(db, sql`select 1 as one`);
  const took = Math.round(performance.now() - start);
  const observed = { observedValue: took, observedUnit: "ms" };
  if (took <= SLOW_MS) return { status: "pass", ...observed };
  return { status: "warn", ...observed, output: `the database took ${took} ms for the smallest of statements` };
}

/** Checks by a write whether the database accepts writes. A replica, a read-only database and one with a full disk do not. */
export async function writable(db: Db): Promise<Finding> {
  try {
    await probeWritesNowAndThen(db);
    return { status: "pass" };
  } catch (error) {
    const outage = whyUnavailable(error);
    if (outage === undefined) throw error;
    return { status: "fail", output: `the database takes no writes: it is ${NOT_WRITABLE[outage]}` };
  }
}

const NOT_WRITABLE: Readonly<Record<Outage, string>> = {
  unreachable: "out of reach",
  starting: "starting",
  "read-only": "read-only, or a replica",
  full: "out of disk space, or its disk is faulty",
  busy: "busy",
};

/** Whether the database has every migration this deployment was built with. */
export async function migrationsCurrent(db: Db): Promise<Finding> {
  const newest = journal.entries.at(-1)?.when ?? 0;
  if ((await lastMigration(db)) >= newest) return { status: "pass" };
  return { status: "fail", output: "the database lacks migrations of this deployment: npm run db:migrate" };
}

async function lastMigration(db: Db): Promise<number> {
  const { ledger } = await row<{ ledger: boolean }>(
    db,
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as ledger`,
  );
  if (!ledger) return 0;
  const { last } = await row<{ last: string | null }>(
    db,
    sql`select max(created_at)::text as last from drizzle.__drizzle_migrations`,
  );
  return Number(last ?? 0);
}
