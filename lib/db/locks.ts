import { type SQL, sql } from "drizzle-orm";
import { type Db, rows } from "./db.ts";

/**
 * The advisory locks of the system, all held until the end of a transaction. Two uses that share a number would wait for
 * each other without a reason, so every number stands here once; test/unit/database/locks.test.ts compares them.
 */
export const LOCKS = {
  /** Two deployments migrate at once: the second waits, then finds nothing left to do. */
  migrations: 7_482_159,
  /** One process at a time compares conditions with incidents, so that none is closed by outdated knowledge. */
  incidents: 7_482_160,
  /** One transaction at a time writes appointments and the daily metrics computed from them. */
  attendance: 7_482_161,
  /** Two processes create partitions at once: the second waits, then finds them. */
  partitions: 7_482_162,
  /** One transaction at a time makes accounts of operators or takes rights away, so that one admin always remains. */
  operators: 7_482_166,
} as const;

/** Locks with a key each: two transactions wait for each other only where class and key are the same. */
export const LOCK_CLASSES = {
  /** By provider: what their slots hold. */
  providers: 7_482_163,
  /** By site: everything that is summed up from its events. */
  analytics: 7_482_164,
  /** One key only: the catalog of providers, services and hours. */
  catalog: 7_482_165,
} as const;

/** The expression that waits for a lock. */
export const lockOn = (name: keyof typeof LOCKS): SQL => sql`pg_advisory_xact_lock(${LOCKS[name]}::bigint)`;

/** The expression that waits for the lock of a key. @param key An expression of type `int`. */
export const lockOnKey = (name: keyof typeof LOCK_CLASSES, key: SQL): SQL =>
  sql`pg_advisory_xact_lock(${LOCK_CLASSES[name]}::int, ${key})`;

/** Waits for a lock and holds it until the transaction ends. */
export async function takeLock(tx: Db, name: keyof typeof LOCKS): Promise<void> {
  await rows(tx, sql`select ${lockOn(name)}`);
}
