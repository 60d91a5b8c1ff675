import { config } from "../config.ts";
import { migrationUrl } from "../db/addresses.ts";
import { connect } from "../db/client.ts";
import { migrate } from "../db/migrate.ts";
import { explainError } from "../db/unavailable.ts";

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
