import type { PoolConfig } from "pg";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { configure } from "../../lib/config/config.ts";
import { useConnection } from "../../lib/db/client.ts";
import type { Connection } from "../../lib/db/connection.ts";
import type { Db } from "../../lib/db/db.ts";
import { emptyBookings } from "../support/booking/booking-requests.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { SETTINGS } from "../support/http/requests.ts";
import { addProvider, addService } from "./slots.ts";

/**
 * Opens a practice for a block of tests: a provider with a service and nothing else, new for each test, in a real database
 * of the block's own, which is the one that handlers are served.
 * @param use Gets the database before the first test.
 */
export function openPractice(use: (db: Db) => void, options: PoolConfig = {}): void {
  let connection: Connection;
  beforeAll(async () => {
    connection = await freshPostgres(options);
    useConnection(connection);
    configure(SETTINGS);
    use(connection.db);
  });
  afterAll(() => connection.close());
  beforeEach(async () => {
    await emptyBookings(connection.db);
    await addProvider(connection.db);
    await addService(connection.db);
  });
}
