import { config } from "../config.ts";
import { connect } from "../db/client.ts";
import { migrate } from "../db/migrate.ts";
import { explainError } from "../db/unavailable.ts";

/** `npm run db:migrate`: brings the database at `DATABASE_URL` (or the embedded one) up to date. */
async function main(): Promise<void> {
  const connection = await connect(config().databaseUrl);
  const applied = await migrate(connection.db);
  await connection.close();
  console.log(applied === 0 ? "the database is up to date" : `${applied} migrations applied`);
}

main().catch((error: unknown) => {
  console.error(explainError(error).message);
  process.exitCode = 1;
});
