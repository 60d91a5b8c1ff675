import { test as base } from "vitest";
import { configure, type Environment } from "../../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../../lib/db/client.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import type { Db } from "../../../lib/db/db.ts";
import { empty, freshPostgres } from "./databases.ts";

interface DatabaseFixtures {
  /** The file's own database on the real server, which handlers under test use too. */
  connection: Connection & { url: string };
  /** The same database, emptied and with the settings applied before each test. */
  db: Db;
}

/**
 * A `test` whose `db` is a database of the file's own. It is created for the first test that asks for it.
 * @param settings The environment of the code under test, applied before each test that takes `db`.
 */
export const databaseTest = (settings: Environment = {}) =>
  base.extend<DatabaseFixtures>({
    connection: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs
      async ({}, use) => {
        const connection = await freshPostgres();
        useConnection(connection);
        await use(connection);
        await closeDatabase();
      },
      { scope: "file" },
    ],
    db: async ({ connection }, use) => {
      configure(settings);
      await empty(connection.db);
      await use(connection.db);
    },
  });
