import { afterEach, describe, expect, it } from "vitest";
import { detectPooling } from "../../lib/db/drivers/pooling.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { startPgBouncer } from "../servers/pgbouncer.ts";
import { createDatabase } from "../support/database/databases.ts";

describe("how a database is reached", () => {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  async function through(mode?: "session" | "transaction"): Promise<string> {
    const direct = await createDatabase();
    const bouncer = mode === undefined ? undefined : await startPgBouncer(direct, mode);
    if (bouncer !== undefined) ends.push(bouncer.stop);
    const { db, close } = openPostgres(bouncer?.url ?? direct);
    ends.push(close);
    return detectPooling(db, "127.0.0.1");
  }

  it("is directly, where nothing stands between", async () => {
    expect(await through()).toBe("direct");
  });

  it.each(["session", "transaction"] as const)("is through PgBouncer in %s mode, where one is there", async (mode) => {
    expect(await through(mode)).toBe(mode);
  });
});
