import { type SQL, sql } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { isTransient, withRetry } from "./failures/retry.ts";

/**
 * The one database type: Neon, Postgres and PGlite all satisfy it, and so does a transaction of each.
 * SQL never asks the database for the time; instants come in as parameters.
 */
export type Db = PgDatabase<PgQueryResultHKT, Record<string, unknown>>;

/** Databases with one connection for everything: a transaction there must not wait for a statement outside it. */
export const oneConnection = new WeakSet<object>();

/** Runs one statement and returns its rows as the statement names its columns. */
export async function rows<Row>(db: Db, statement: SQL): Promise<Row[]> {
  const result = (await db.execute(statement)) as unknown as { rows: Row[] };
  return result.rows;
}

/** The only row of a statement that always yields one. */
export async function row<Row>(db: Db, statement: SQL): Promise<Row> {
  const [first] = await rows<Row>(db, statement);
  if (first === undefined) throw new Error("expected a statement that yields a row, got none");
  return first;
}

/**
 * Runs `work` in one transaction. A lost connection, a deadlock or a serialization failure before the commit was sent
 * wrote nothing, so the whole is tried again; `work` must therefore touch nothing but the database. A fault at the
 * commit itself leaves the outcome unknown and is thrown.
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

/** An instant as a statement's parameter. */
export const at = (instant: Date): SQL => sql`${instant.toISOString()}::timestamptz`;

/** Any JSON value as a statement's parameter; a set of rows goes in as one. */
export const json = (value: unknown): SQL => sql`${JSON.stringify(value)}::jsonb`;

/** Numbers as a statement's parameter; of a known count, which the planner goes by. */
export const bigints = (values: readonly (number | string)[]): SQL => sql`${sql.param(values)}::bigint[]`;

/** A `timestamptz` that a raw statement returned, which drivers hand over as text. */
export const instantOf = (value: string | Date): Date => new Date(value);

/** Rows with the named columns, which drivers hand over as text, as instants; null stays null. */
export function withInstants<Key extends string>(
  found: Record<string, unknown>[],
  ...columns: Key[]
): (Record<string, unknown> & Record<Key, Date | null>)[] {
  return found.map((one) => {
    const instants = columns.map((column) => [column, one[column] === null ? null : instantOf(String(one[column]))]);
    return { ...one, ...Object.fromEntries(instants) };
  });
}
