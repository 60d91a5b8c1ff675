import { sql } from "drizzle-orm";
import { config } from "../../config/config.ts";
import { connect } from "../../db/client.ts";
import { row } from "../../db/db.ts";
import { migrationUrl } from "../../db/drivers/addresses.ts";
import { explainError } from "../../db/failures/unavailable.ts";
import { type Found, fail, pass } from "./finding.ts";

/** Whether the address that migrations go to, where it is one of its own, is of the same database and answers. */
export async function lookAtMigrationUrl(): Promise<Found[]> {
  const { unpooled } = config().database;
  if (unpooled === undefined) return [];
  const remedy = `set ${unpooled.setting} to the unpooled address of the same database, or take it away`;
  try {
    const { db, close } = await connect(migrationUrl(config()));
    await row(db, sql`select 1 as one`).finally(close);
    return [pass(`migrations go to ${unpooled.setting}, which answers`)];
  } catch (error) {
    return [fail(`migrations cannot go to ${unpooled.setting}: ${explainError(error).message}`, remedy)];
  }
}
