import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { configure } from "../../lib/config/config.ts";
import { type Db, row } from "../../lib/db/db.ts";
import { type Interruption, startEvaluation } from "../support/children/evaluation-process.ts";
import { dumpDerived } from "../support/database/dump.ts";
import { CLUB_SIZE, evaluateInSmallChunks } from "../support/sport/small-chunks.ts";
import { SETTINGS } from "../worlds/club-settings.ts";
import { clubToInterrupt, type InterruptedClub } from "../worlds/interrupted-club.ts";

configure(SETTINGS);

const NOW = "2026-02-09T00:05:00Z";
const WEEK = "2026-02-02";
/** The first step; two each for results and for ranks (three chunks, two of them at once); nine for mails; the totals. */
const STEPS = 1 + 2 + 2 + 9 + 1;
/** The first step of results and of ranks has a second transaction beside its own. */
const TRANSACTIONS = STEPS + 2;
const afterTheLease = () => Date.now() + 120_000;

describe("a weekly evaluation that is interrupted", () => {
  let copy: InterruptedClub["copy"];
  let undisturbed: InterruptedClub["undisturbed"];
  beforeAll(async () => {
    const evaluate = (db: Db, onProgress: () => void) => evaluateInSmallChunks("week", db, NOW, WEEK, { onProgress });
    ({ copy, undisturbed } = await clubToInterrupt(CLUB_SIZE, evaluate, STEPS));
  });

  const everyTransaction = Array.from({ length: TRANSACTIONS }, (_, index) => index + 1);
  /** After a commit, the database is as before the next one, so a few steps are enough. */
  const someSteps = [1, 1 + 2, STEPS];
  const kills: Interruption[] = [
    ...everyTransaction.map((step): Interruption => ({ signal: "SIGKILL", step, moment: "before-commit" })),
    ...someSteps.map((step): Interruption => ({ signal: "SIGKILL", step, moment: "after-commit" })),
  ];

  it.each(kills)("by a kill at step $step, $moment, continues to the same tables", async (kill) => {
    const { url, db, close } = await copy();
    const { signal } = await startEvaluation("week", WEEK, url, NOW, kill).ended;
    expect(signal).toBe("SIGKILL");
    const early = await evaluateInSmallChunks("week", db, NOW, WEEK, { clock: Date.now });
    expect(early.main.outcome).toMatchObject({ status: "skipped", reason: "already-running" });

    const { main } = await evaluateInSmallChunks("week", db, NOW, WEEK, { clock: afterTheLease });
    expect(main.outcome).toMatchObject({ status: "completed", result: { counts: { processedUsers: CLUB_SIZE } } });
    expect(await dumpDerived(db)).toEqual(undisturbed);
    const run = await row<{ attempt: number }>(db, sql`select attempt from job_runs where status = 'completed'`);
    expect(run.attempt).toBe(2);
    await close();
  });

  it.each(["after-commit", "before-commit"] as const)(
    "by a pause %s until its lease has expired writes nothing more",
    async (moment) => {
      const { url, db, close } = await copy();
      const paused = startEvaluation("week", WEEK, url, NOW, { signal: "SIGSTOP", step: 2, moment });
      await paused.printed("STOPPED");
      const { main } = await evaluateInSmallChunks("week", db, NOW, WEEK, { clock: afterTheLease });
      expect(main.outcome.status).toBe("completed");
      const ledger = await row(db, sql`select to_jsonb(job_runs) as run from job_runs`);

      paused.child.kill("SIGCONT");
      expect(await paused.ended).toMatchObject({ code: 0, outcome: "skipped" });
      expect(await dumpDerived(db)).toEqual(undisturbed);
      expect(await row(db, sql`select to_jsonb(job_runs) as run from job_runs`)).toEqual(ledger);
      await close();
    },
  );
});
