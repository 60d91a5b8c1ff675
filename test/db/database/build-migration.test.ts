import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, inject, it } from "vitest";
import { parseConfig } from "../../../lib/config/config.ts";
import { row, rows } from "../../../lib/db/db.ts";
import { addressOf, migrationUrl } from "../../../lib/db/drivers/addresses.ts";
import { openPostgres } from "../../../lib/db/drivers/postgres.ts";
import { type BuildFacts, decide, migrateForBuild } from "../../../lib/db/migrations/build-migration.ts";
import { createBlankDatabase } from "../../support/database/blank-database.ts";
import { createDatabase } from "../../support/database/databases.ts";

const NOW = new Date("2026-03-02T12:00:00Z");
const POOLED = "postgresql://user:word@ep-cool-fog-123456-pooler.eu-central-1.aws.neon.tech/club?sslmode=require";
const UNPOOLED = "postgresql://user:word@ep-cool-fog-123456.eu-central-1.aws.neon.tech/club?sslmode=require";
const OTHER = "postgresql://user:word@ep-dark-sea-654321.eu-central-1.aws.neon.tech/club";

describe("the address of a database", () => {
  it.each([
    [POOLED, "ep-cool-fog-123456.eu-central-1.aws.neon.tech:5432/club"],
    [UNPOOLED, "ep-cool-fog-123456.eu-central-1.aws.neon.tech:5432/club"],
    ["postgres://a:b@DB.example:6432/Club", "db.example:6432/Club"],
    ["postgres://a:b@my-pooler.example/club", "my-pooler.example:5432/club"],
  ])("of %s is %s", (url, address) => {
    expect(addressOf(url)).toBe(address);
  });
});

describe("migrations", () => {
  it.each([
    [{ DATABASE_URL: POOLED }, POOLED],
    [{ DATABASE_URL: POOLED, DATABASE_URL_UNPOOLED: UNPOOLED }, UNPOOLED],
    [{ DATABASE_URL: POOLED, POSTGRES_URL_NON_POOLING: UNPOOLED }, UNPOOLED],
    [{ POSTGRES_URL: POOLED }, POOLED],
    [{ POSTGRES_URL: POOLED, POSTGRES_URL_NON_POOLING: UNPOOLED }, UNPOOLED],
    [{ DATABASE_URL: POOLED, POSTGRES_URL: OTHER, DATABASE_URL_UNPOOLED: UNPOOLED }, UNPOOLED],
    [
      { DATABASE_URL: "postgres://a:b@pooler.example/club", DATABASE_URL_UNPOOLED: "postgres://a:b@db.example/club" },
      "postgres://a:b@db.example/club",
    ],
    [{}, undefined],
  ])("with %j go to %s", (environment, url) => {
    expect(migrationUrl(parseConfig(environment))).toBe(url);
  });

  it("do not go to another database than requests, and the setting is named without its value", () => {
    const config = parseConfig({ DATABASE_URL: POOLED, POSTGRES_URL_NON_POOLING: OTHER });
    expect(() => migrationUrl(config)).toThrow(
      "POSTGRES_URL_NON_POOLING: expected the database of DATABASE_URL without its pooler, got another one",
    );
  });

  it.each(["DATABASE_URL_UNPOOLED", "POSTGRES_URL", "POSTGRES_URL_NON_POOLING"])(
    "%s is a secret, also in its error",
    (name) => {
      expect(() => parseConfig({ [name]: "mysql://root:hunter2@db" })).toThrow(
        `${name}: expected a URL that starts with postgres:// or postgresql://, got another value (not shown)`,
      );
      expect(parseConfig({ [name]: OTHER.replace("word", "hunter2-long") }).secrets).toContain("hunter2-long");
    },
  );

  it("POSTGRES_URL stands in for DATABASE_URL, which comes first", () => {
    expect(parseConfig({ POSTGRES_URL: OTHER }).databaseUrl).toBe(OTHER);
    expect(parseConfig({ POSTGRES_URL: OTHER, DATABASE_URL: POOLED }).databaseUrl).toBe(POOLED);
  });
});

describe("a build", () => {
  const HERE = ["here:5432/club"];
  const THERE = ["there:5432/club"];
  const preview: BuildFacts = { environment: "preview", addresses: HERE, isMigrated: true, owner: undefined };
  it.each<[string, BuildFacts, boolean]>([
    ["of production", { ...preview, environment: "production" }, true],
    ["of a preview with an empty database", { ...preview, isMigrated: false }, true],
    [
      "of a preview with a copy of production's",
      { ...preview, owner: { environment: "production", addresses: THERE } },
      true,
    ],
    ["of a preview with its own", { ...preview, owner: { environment: "preview", addresses: HERE } }, true],
    ["of a preview with production's", { ...preview, owner: { environment: "production", addresses: HERE } }, false],
    [
      "of a preview with production's by one of its names",
      { ...preview, owner: { environment: "production", addresses: [...THERE, ...HERE] } },
      false,
    ],
    ["of a preview with who knows whose", preview, false],
  ])("%s migrates: %s", (_, facts, migrates) => {
    expect(decide(facts).migrates).toBe(migrates);
  });
});

describe("a build at a real database", () => {
  let said: string[];
  beforeEach(() => {
    said = [];
  });
  const build = (environment: "production" | "preview", url: string) =>
    migrateForBuild(environment, parseConfig({ DATABASE_URL: url }), NOW, (line) => said.push(line));
  const LAST = sql`(select max(id) from drizzle.__drizzle_migrations)`;

  /** Takes the record of the last migration away and what it made, as if that were of this release. */
  async function setBack(url: string): Promise<void> {
    await using(url, (db) => rows(db, sql`delete from drizzle.__drizzle_migrations where id = ${LAST}`));
    await using(url, (db) => rows(db, sql`drop table write_probe, database_owner`));
  }
  const applied = (url: string) =>
    using(url, (db) => row<{ n: number }>(db, sql`select count(*)::int as n from drizzle.__drizzle_migrations`));
  const owner = (url: string) => using(url, (db) => row(db, sql`select environment, addresses from database_owner`));

  async function using<T>(url: string, work: (db: ReturnType<typeof openPostgres>["db"]) => Promise<T>): Promise<T> {
    const { db, close } = openPostgres(url);
    return work(db).finally(close);
  }

  it("of production writes down whose it is; a preview connected to it changes nothing and says so", async () => {
    const production = await createDatabase();
    await build("production", production);
    expect(await owner(production)).toEqual({ environment: "production", addresses: [addressOf(production)] });
    await using(production, (db) => rows(db, sql`delete from drizzle.__drizzle_migrations where id = ${LAST}`));
    const before = await applied(production);
    await build("preview", production);
    expect(await applied(production)).toEqual(before);
    expect(said.at(-1)).toContain("DATABASE NOT MIGRATED: this preview is connected to production's database");
  });

  it("of a preview migrates an empty database, and goes on to, until production takes it", async () => {
    const fresh = await createBlankDatabase();
    await build("preview", fresh);
    await build("preview", fresh);
    expect(said).toEqual([
      expect.stringMatching(/^[1-9]\d* migrations applied: this preview's database is empty$/),
      "0 migrations applied: this is a preview's own database",
    ]);
    await build("production", fresh);
    expect(await owner(fresh)).toMatchObject({ environment: "production" });
    await build("preview", fresh);
    expect(said.at(-1)).toContain("DATABASE NOT MIGRATED");
  });

  it("of a preview migrates a branch of production's, which has its rows and another address", async () => {
    const production = await createDatabase();
    await build("production", production);
    const branch = await createDatabase(inject("postgresUrl"), new URL(production).pathname.slice(1));
    await build("preview", branch);
    expect(said.at(-1)).toBe("0 migrations applied: this preview's database is a copy at another address");
  });

  it("of a preview leaves a database alone that was migrated before builds wrote down whose it is", async () => {
    const old = await createDatabase();
    await setBack(old);
    const before = await applied(old);
    await build("preview", old);
    expect(await applied(old)).toEqual(before);
    expect(said.at(-1)).toContain("nothing tells whether this is production's database");
  });

  it("of a preview without a database says that nothing is migrated", async () => {
    await migrateForBuild("preview", parseConfig({}), NOW, (line) => said.push(line));
    expect(said).toEqual([expect.stringContaining("nothing is migrated")]);
  });
});
