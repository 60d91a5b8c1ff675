import { type SQL, sql } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { isTransient, withRetry } from "./failures/retry.ts";

/**
 * The one database type: Neon, Postgres and PGlite all satisfy it, and so does a transaction of each.
 * SQL never asks the database for the time; instants come in as parameters.
 */
export type Db = PgDatabase<PgQueryResultHKT, Record<string, unknown>>;

/** Databases with only one connection: a transaction there must not wait for a statement outside it. */
export const oneConnection = new WeakSet<object>();

/** Runs one statement and returns its rows as the statement names its columns. */
export async function rows<Row>(db: Db, statement: SQL): Promise<Row[]> {
  const result = (await db.execute(statement)) as unknown as { rows: Row[] };
  return result.rows;
}

/** Runs a statement that always returns one row, and returns that row. */
export async function row<Row>(db: Db, statement: SQL): Promise<Row> {
  const [first] = await rows<Row>(db, statement);
  if (first === undefined) throw new Error("expected a statement that yields a row, got none");
  return first;
}

/**
 * Runs `work` in one transaction. After a lost connection, a deadlock or a serialization failure before the commit, nothing was
 * written and the whole transaction is retried; so `work` must touch nothing but the database. If the commit itself fails, the
 * outcome is unknown and the error is thrown.
 */
export async function transact<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  let committing = false;
  return withRetry(
    () => {
      committing = false;
      return db.transaction(async (tx) => {
        const result = await work(tx);
        committing = true;
        return result;
      });
    },
    (error) => !committing && isTransient(error),
  );
}

/**
 * Limits how long a transaction may be idle, in milliseconds. If the process freezes inside it, the database ends it and
 * frees its locks.
 */
export async function limitIdleTime(tx: Db, ms: number): Promise<void> {
  await rows(tx, sql`select set_config('idle_in_transaction_session_timeout', ${String(ms)}, true)`);
}

/** An instant as a statement's parameter. */
export const at = (instant: Date): SQL => sql`${instant.toISOString()}::timestamptz`;

/** Any JSON value as a statement's parameter; a set of rows goes in as one. */
export const json = (value: unknown): SQL => sql`${JSON.stringify(value)}::jsonb`;

/** Numbers as a statement's parameter; of a known count, which the planner goes by. */
export const bigints = (values: readonly (number | string)[]): SQL => sql`${sql.param(values)}::bigint[]`;

/** A `timestamptz` that a raw statement returned, which drivers hand over as text. */
export const instantOf = (value: string | Date): Date => new Date(value);

/** A row with some columns as instants. */
export type WithInstants<Row, Key extends keyof Row> = {
  [Column in keyof Row]: Column extends Key ? (null extends Row[Column] ? Date | null : Date) : Row[Column];
};

/** Rows with the named columns, which drivers hand over as text, as instants; null stays null. */
export function withInstants<Row extends object, Key extends keyof Row>(
  records: readonly Row[],
  ...columns: Key[]
): WithInstants<Row, Key>[] {
  return records.map((record) => {
    const instants = columns.map((column) => [
      column,
      record[column] === null ? null : instantOf(String(record[column])),
    ]);
    return { ...record, ...Object.fromEntries(instants) };
  });
}
