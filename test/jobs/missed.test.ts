import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { configure } from "../../lib/config.ts";
import { row } from "../../lib/db/db.ts";
import { openPglite } from "../../lib/db/embedded.ts";
import { recordMissed } from "../../lib/jobs/ledger.ts";
import { addUsers } from "../support/club.ts";
import { fireWeekly } from "../support/invoke-weekly.ts";

configure({});

describe("a week on record as missed", () => {
  it("is left alone by crons, and is an ordinary one once a person has run it", async () => {
    const { db, close } = await openPglite();
    await addUsers(db, "ada");
    const now = "2026-04-06T00:05:00Z";
    await recordMissed(db, "weekly-events", [new Date("2026-02-09T00:00:00Z")], new Date(now), "out of reach");
    const week = { date: "2026-02-02" };
    const byCron = await fireWeekly(db, now, week);
    expect(byCron.main.outcome).toMatchObject({ status: "skipped", reason: "not-due" });

    const byHand = await fireWeekly(db, now, week, { trigger: "manual" });
    expect(byHand.main.outcome.status).toBe("completed");
    const run = await row<{ status: string; missed: boolean }>(
      db,
      sql`select status, metadata ?| array['missed', 'reason'] as missed from job_runs`,
    );
    expect(run).toEqual({ status: "completed", missed: false });
    await close();
  });
});
