import { join } from "node:path";
import { sql } from "drizzle-orm";
import { type MigrationMeta, readMigrationFiles } from "drizzle-orm/migrator";
import { type Db, row, rows, transact } from "../db.ts";
import { takeLock } from "../locks.ts";

export type OnApplied = (done: number, total: number) => void;

/**
 * Applies the missing migrations under `drizzle/` in one transaction. Uses drizzle-kit's own table for its record, so that
 * drizzle-kit keeps working.
 * @param onApplied Called after each migration with the numbers of applied and of missing ones.
 * @returns The number of applied migrations.
 */
export async function migrate(db: Db, onApplied: OnApplied = () => {}): Promise<number> {
  const migrations = readMigrationFiles({ migrationsFolder: join(process.cwd(), "drizzle") });
  return transact(db, async (tx) => {
    await takeLock(tx, "migrations");
    await rows(tx, sql`create schema if not exists drizzle`);
    await rows(
      tx,
      sql`create table if not exists drizzle.__drizzle_migrations (
        id serial primary key, hash text not null, created_at bigint)`,
    );
    const { last } = await row<{ last: string }>(
      tx,
      sql`select coalesce(max(created_at), 0)::text as last from drizzle.__drizzle_migrations`,
    );
    const missing = migrations.filter((migration) => migration.folderMillis > Number(last));
    for (const [index, migration] of missing.entries()) {
      await apply(tx, migration);
      onApplied(index + 1, missing.length);
    }
    return missing.length;
  });
}

async function apply(tx: Db, migration: MigrationMeta): Promise<void> {
  for (const statement of migration.sql) await rows(tx, sql.raw(statement));
  await rows(
    tx,
    sql`insert into drizzle.__drizzle_migrations (hash, created_at)
      values (${migration.hash}, ${migration.folderMillis}::bigint)`,
  );
}
