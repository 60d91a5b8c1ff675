import { config } from "../config/config.ts";
import { connect } from "../db/client.ts";
import { migrationUrl } from "../db/drivers/addresses.ts";
import { explainError } from "../db/failures/unavailable.ts";
import { migrate } from "../db/migrations/migrate.ts";

/** `npm run db:migrate`: brings the database of the settings (or the embedded one) up to date, past its pooler where it can. */
async function main(): Promise<void> {
  const connection = await connect(migrationUrl(config()));
  const applied = await migrate(connection.db);
  await connection.close();
  console.log(applied === 0 ? "the database is up to date" : `${applied} migrations applied`);
}

main().catch((error: unknown) => {
  console.error(explainError(error).message);
  process.exitCode = 1;
});
