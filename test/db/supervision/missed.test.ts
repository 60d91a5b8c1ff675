import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { row } from "../../../lib/db/db.ts";
import { recordMissedRuns } from "../../../lib/jobs/ledger.ts";
import { freshPostgres } from "../../support/database/databases.ts";
import { fireWeekly } from "../../support/jobs/invoke-weekly.ts";
import { addUsers } from "../../worlds/club.ts";

configure({});

describe("a week on record as missed", () => {
  it.each(["cron", "manual"] as const)("becomes an ordinary one after a late run (%s)", async (trigger) => {
    const { db, close } = await freshPostgres();
    await addUsers(db, "ada");
    const now = "2026-04-06T00:05:00Z";
    await recordMissedRuns(db, "weekly-events", [new Date("2026-02-09T00:00:00Z")], new Date(now), "out of reach");
    const late = await fireWeekly(db, now, { date: "2026-02-02" }, { trigger });
    expect(late.main.outcome.status).toBe("completed");
    const run = await row(
      db,
      sql`select status, attempt, trigger, missed, metadata ? 'reason' as excused, metadata->'catchUp' as late
        from job_runs`,
    );
    expect(run).toEqual({ status: "completed", attempt: 1, trigger, missed: false, excused: false, late: true });
    await close();
  });
});
