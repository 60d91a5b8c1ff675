import { sql } from "drizzle-orm";
import type { Config } from "../../config/config-shape.ts";
import { connect } from "../client.ts";
import { at, type Db, json, row, rows } from "../db.ts";
import { migrationUrl, ownAddresses } from "../drivers/addresses.ts";
import { migrate } from "./migrate.ts";

/** Decides which builds migrate which database: production and previews migrate their own, and previews never production's. */

export type Environment = "production" | "preview";

/** The facts that decide whether a build migrates. */
export interface BuildFacts {
  environment: Environment;
  /** The database's addresses in the settings. */
  addresses: readonly string[];
  /** Whether any migration was ever applied. */
  isMigrated: boolean;
  /** The database's owner as its row says. A branch has the row of the database that it was copied from. */
  owner: { environment: Environment; addresses: readonly string[] } | undefined;
}

export interface Decision {
  migrates: boolean;
  /** Whether the build records its environment as the owner. */
  records: boolean;
  why: string;
}

/** Decides whether a build migrates the database that it is connected to. */
export function decide({ environment, addresses, isMigrated, owner }: BuildFacts): Decision {
  if (environment === "production") return { migrates: true, records: true, why: "this is a production build" };
  if (!isMigrated) return { migrates: true, records: true, why: "this preview's database is empty" };
  if (owner === undefined) {
    const why =
      "nothing tells whether this is production's database: no build has written its address there. Deploy production " +
      "once with this release, then reset the preview's branch from it; or migrate the preview's database by hand " +
      "(npm run db:migrate with its URL)";
    return { migrates: false, records: false, why };
  }
  const isHere = owner.addresses.some((address) => addresses.includes(address));
  if (!isHere) return { migrates: true, records: false, why: "this preview's database is a copy at another address" };
  if (owner.environment === "preview")
    return { migrates: true, records: false, why: "this is a preview's own database" };
  const why =
    "this preview is connected to production's database, which only production builds migrate. Give previews a database " +
    "of their own: Neon's integration makes a branch for each, or set DATABASE_URL for Preview";
  return { migrates: false, records: false, why };
}

/**
 * Migrates the database of a build if the build may, and prints what it did.
 * @param say Prints a line of the build's output.
 */
export async function migrateForBuild(
  environment: Environment,
  config: Pick<Config, "database">,
  now: Date,
  say: (line: string) => void,
): Promise<void> {
  const url = migrationUrl(config);
  if (url === undefined && environment === "preview") {
    say("No database is set for this preview (DATABASE_URL): nothing is migrated.");
    return;
  }
  const { db, close } = await connect(url);
  try {
    const addresses = ownAddresses(config);
    const { migrates, records, why } = decide({ environment, addresses, ...(await factsOf(db)) });
    if (!migrates) {
      const rule = "!".repeat(100);
      say(`${rule}\nDATABASE NOT MIGRATED: ${why}.\n${rule}`);
      return;
    }
    const applied = await migrate(db);
    if (records) await recordOwner(db, environment, addresses, now);
    say(`${applied} migrations applied: ${why}`);
  } finally {
    await close();
  }
}

async function factsOf(db: Db): Promise<Pick<BuildFacts, "isMigrated" | "owner">> {
  const { ledger, owners } = await row<{ ledger: boolean; owners: boolean }>(
    db,
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as ledger,
      to_regclass('public.database_owner') is not null as owners`,
  );
  const applied = ledger ? await rows(db, sql`select from drizzle.__drizzle_migrations limit 1`) : [];
  const [owner] = owners
    ? await rows<NonNullable<BuildFacts["owner"]>>(db, sql`select environment, addresses from database_owner`)
    : [];
  return { isMigrated: applied.length > 0, owner };
}

/** The first production build takes over a database that a preview has used before. */
async function recordOwner(db: Db, environment: Environment, addresses: string[], now: Date): Promise<void> {
  await rows(
    db,
    sql`insert into database_owner (id, environment, addresses, recorded_at)
      values (1, ${environment}, ${json(addresses)}, ${at(now)})
      on conflict (id) do update set environment = excluded.environment, addresses = excluded.addresses,
        recorded_at = excluded.recorded_at`,
  );
}
