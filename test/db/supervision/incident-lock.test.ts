import { describe, expect } from "vitest";
import { ensurePartitions, partitionDays } from "../../../lib/analytics/pipeline/partitions.ts";
import { lockIncidents } from "../../../lib/supervision/incidents.ts";
import { databaseTest } from "../../support/database/database-test.ts";

const it = databaseTest();

describe("a tick that compares incidents", () => {
  it("does not keep the first event of a day from getting its partition", async ({ db }) => {
    const now = new Date("2031-05-04T12:00Z");
    await db.transaction(async (tx) => {
      await lockIncidents(tx);
      await ensurePartitions(db, now); // on a connection of its own, while the lock is held
      expect(await partitionDays(db)).toContain("2031-05-04");
    });
  });
});
