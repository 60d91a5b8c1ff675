import { afterAll, beforeAll, beforeEach } from "vitest";
import { configure, type Environment } from "../../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../../lib/db/client.ts";
import type { Db } from "../../../lib/db/db.ts";
import { empty, freshPostgres } from "./databases.ts";

/**
 * Gives the tests around the call a database of their own, which handlers use too. It is emptied, and the settings
 * are set, before each of them.
 * @param take Is handed the database before the first.
 */
export function ownDatabase(take: (db: Db) => void, settings: Environment = {}): void {
  let own: Db;
  beforeAll(async () => {
    const connection = await freshPostgres();
    useConnection(connection);
    own = connection.db;
    take(own);
  });
  afterAll(closeDatabase);
  beforeEach(async () => {
    configure(settings);
    await empty(own);
  });
}
