import { randomUUID } from "node:crypto";
import { openAsBlob } from "node:fs";
import { sql } from "drizzle-orm";
import type { PoolConfig } from "pg";
import { inject } from "vitest";
import type { Connection } from "../../../lib/db/connection.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import * as embedded from "../../../lib/db/drivers/embedded.ts";
import { openPostgres } from "../../../lib/db/drivers/postgres.ts";
import { TEMPLATE } from "../../servers/postgres.ts";

/** Creates a database on the run's Postgres server, migrated and otherwise empty, or as `template`. @returns its URL. */
export async function createDatabase(server = inject("postgresUrl"), template = TEMPLATE): Promise<string> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const admin = openPostgres(`${server}/postgres`);
  await admin.db.execute(sql.raw(`create database ${name} template ${template}`));
  await admin.close();
  return `${server}/${name}`;
}

/**
 * A database of its own on the real server, which is what tests of logic run on: the same statements take it two
 * thirds of the processor time of the embedded one. One file of each area runs on that too, or only (DATABASES, openPglite).
 */
export async function freshPostgres(options: PoolConfig = {}): Promise<Connection & { url: string }> {
  const url = await createDatabase();
  return { ...openPostgres(url, options), url };
}

/** An embedded database of its own, from a dump of one that is migrated: in a fraction of the time that it takes to make one. */
export async function openPglite(): Promise<Connection> {
  return embedded.openPglite({ loadDataDir: await openAsBlob(inject("embeddedDump")) });
}

/** The databases on which logic is tested. */
export const DATABASES: { name: string; open: () => Promise<Connection> }[] = [
  { name: "PGlite", open: () => openPglite() },
  { name: "Postgres", open: () => freshPostgres() },
];

/** Tables whose rows are part of the schema, or of the catalogue. */
const KEPT = ["exercises", "badges", "email_rate", "calendar_rate"];

/** Deletes everything but the catalogues. What is empty is left alone: emptying a table costs more than looking into it. */
export async function empty(db: Db): Promise<void> {
  const all = await rows<{ name: string }>(
    db,
    sql`select oid::regclass::text as name from pg_class where relkind = 'r'
      and relnamespace::regnamespace::text in ('public', 'raw', 'staging', 'business')`,
  );
  const looks = all.flatMap(({ name }) =>
    KEPT.includes(name) ? [] : [`select '${name}' as name where exists (select from ${name})`],
  );
  const full = await rows<{ name: string }>(db, sql.raw(looks.join(" union all ")));
  if (full.length > 0) {
    const tables = full.map(({ name }) => name).join(", ");
    await db.execute(sql.raw(`truncate ${tables} restart identity cascade`));
  }
  await db.execute(sql`update email_rate set grants = '[]' where grants <> '[]'`);
  await db.execute(sql`update calendar_rate set grants = '[]' where grants <> '[]'`);
  await db.execute(sql`delete from exercises where id not in (
    'pullups', 'pushups', 'situps', 'squats', 'burpees', 'lunges', 'dips', 'plank', 'jump-rope', 'yoga',
    'running', 'cycling', 'swimming', 'rowing', 'walking')`);
}
