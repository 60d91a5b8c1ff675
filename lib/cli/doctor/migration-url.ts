import { sql } from "drizzle-orm";
import { config } from "../../config/config.ts";
import { connect } from "../../db/client.ts";
import { row } from "../../db/db.ts";
import { migrationUrl } from "../../db/drivers/addresses.ts";
import { explainError } from "../../db/failures/unavailable.ts";
import { fail, pass, type Result } from "./finding.ts";

/** Where migrations have an address of their own: checks that it answers and leads to the same database. */
export async function checkMigrationUrl(): Promise<Result[]> {
  const { unpooled } = config().database;
  if (unpooled === undefined) return [];
  const remedy = `set ${unpooled.setting} to the unpooled address of the same database, or remove it`;
  try {
    const { db, close } = await connect(migrationUrl(config()));
    await row(db, sql`select 1 as one`).finally(close);
    return [pass(`migrations go to ${unpooled.setting}, which answers`)];
  } catch (error) {
    return [fail(`migrations cannot go to ${unpooled.setting}: ${explainError(error).message}`, remedy)];
  }
}
