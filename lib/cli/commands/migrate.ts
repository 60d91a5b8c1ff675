import { config } from "../../config/config.ts";
import { connect } from "../../db/client.ts";
import { migrationUrl } from "../../db/drivers/addresses.ts";
import { migrate } from "../../db/migrations/migrate.ts";
import type { Describe } from "../command.ts";
import { applySettings } from "../local-run.ts";
import { counted } from "../output/count.ts";

/** `migrate`, also `npm run db:migrate`: brings the database up to date. */
export const describeMigrate: Describe = (command, local) => {
  command
    .description(
      "Applies the migrations that the database lacks, past its pooler where one is set (DATABASE_URL_UNPOOLED). " +
        "Without DATABASE_URL it opens the embedded database, which migrates itself.",
    )
    .examples("migrate")
    .runs(async () => {
      applySettings(local);
      const connection = await connect(migrationUrl(config()));
      try {
        const applied = await migrate(connection.db);
        console.log(applied === 0 ? "the database is up to date" : `${counted(applied, "migration")} applied`);
      } finally {
        await connection.close();
      }
      return 0;
    });
};
