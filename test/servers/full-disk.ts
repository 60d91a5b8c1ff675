import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { inject } from "vitest";
import { type Db, row, rows } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { createDatabase } from "../support/database/databases.ts";
import { TEMPLATE } from "./postgres.ts";

/** A migrated database whose disk can be filled. */
export interface FullDisk {
  url: string;
  /** Whether the disk is a real one: where nothing may be mounted, the database's own error is raised by triggers. */
  real: boolean;
  fill(): Promise<void>;
  makeRoom(): Promise<void>;
  /** Call it after the last connection has closed. */
  remove(): Promise<void>;
}

const SIZE_MB = 48;

/** A database on a small disk of its own, in memory; its log is elsewhere, as a server ends where that has no room. */
export async function databaseOnSmallDisk(): Promise<FullDisk> {
  const admin = openPostgres(`${inject("postgresUrl")}/postgres`);
  const { directory } = await row<{ directory: string }>(
    admin.db,
    sql`select current_setting('data_directory') as directory`,
  );
  const mounted = mountSmallDisk(directory);
  if (mounted === undefined) {
    await admin.close();
    return imitation();
  }
  const name = `small_${mounted.split("-").at(-1)?.toLowerCase()}`;
  await admin.db.execute(sql.raw(`create tablespace ${name} location '${mounted}'`));
  await admin.db.execute(sql.raw(`create database ${name} template ${TEMPLATE} tablespace ${name}`));
  const url = `${inject("postgresUrl")}/${name}`;
  const remove = async () => {
    await admin.db.execute(sql.raw(`drop database ${name} with (force)`));
    await admin.db.execute(sql.raw(`drop tablespace ${name}`));
    await admin.close();
    execFileSync("umount", [mounted]);
    rmSync(mounted, { recursive: true });
  };
  return { url, real: true, fill: () => using(url, fill), makeRoom: () => using(url, makeRoom), remove };
}

/** @returns where it is; undefined where this process may not mount anything. */
function mountSmallDisk(dataDirectory: string): string | undefined {
  const directory = mkdtempSync(join(tmpdir(), "taktwerk-small-disk-"));
  const { uid, gid } = statSync(dataDirectory); // the server's own user
  try {
    const options = `size=${SIZE_MB}M,mode=0700,uid=${uid},gid=${gid}`;
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", directory], { stdio: "ignore" });
    return directory;
  } catch {
    rmSync(directory, { recursive: true });
    return undefined;
  }
}

async function using(url: string, work: (db: Db) => Promise<void>): Promise<void> {
  const { db, close } = openPostgres(url);
  await work(db).finally(close);
}

/** Takes the whole disk, by ever smaller pieces. */
async function fill(db: Db): Promise<void> {
  await rows(db, sql`create table filler (text text)`);
  await rows(db, sql`alter table filler alter column text set storage plain`);
  for (const size of [1_000, 100, 10, 1]) {
    const pages = sql`insert into filler select repeat('x', 8000) from generate_series(1, ${size}::int)`;
    while (
      await rows(db, pages).then(
        () => true,
        () => false,
      )
    );
  }
}

const makeRoom = async (db: Db) => void (await rows(db, sql`drop table filler`));

async function imitation(): Promise<FullDisk> {
  const url = await createDatabase();
  const onAll = (db: Db, verb: (table: string) => string) =>
    rows<{ name: string }>(
      db,
      sql`select oid::regclass::text as name from pg_class where relkind in ('r', 'p') and not relispartition
        and relnamespace::regnamespace::text in ('public', 'raw', 'staging', 'business')`,
    ).then((tables) => rows(db, sql.raw(tables.map(({ name }) => verb(name)).join("; "))));
  const refuse = async (db: Db) => {
    await rows(
      db,
      sql`create or replace function refuse_writes() returns trigger language plpgsql as $$ begin
        raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`,
    );
    await onAll(db, (name) => `create trigger full_disk before insert on ${name} execute function refuse_writes()`);
  };
  const allow = async (db: Db) => void (await onAll(db, (name) => `drop trigger full_disk on ${name}`));
  return {
    url,
    real: false,
    fill: () => using(url, refuse),
    makeRoom: () => using(url, allow),
    remove: async () => {},
  };
}
