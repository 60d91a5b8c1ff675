import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { configure } from "../../lib/config/config.ts";
import { type Db, row } from "../../lib/db/db.ts";
import { type Blow, startEvaluation } from "../support/children/evaluation-process.ts";
import { dumpDerived } from "../support/database/dump.ts";
import { CLUB, fireInSteps } from "../support/jobs/hit-steps.ts";
import { SETTINGS } from "../worlds/club-settings.ts";
import { clubToHit, type HitClub } from "../worlds/hit-club.ts";

configure(SETTINGS);

const NOW = "2026-02-09T00:05:00Z";
const WEEK = "2026-02-02";
/** Three chunks, two of them written at once; nine for the mails; and the totals. */
const STEPS = 1 + 2 + 2 + 9 + 1;
/** One beside the first step of each of two passes. */
const TRANSACTIONS = STEPS + 2;

describe("a run that is hit", () => {
  let copy: HitClub["copy"];
  let undisturbed: HitClub["undisturbed"];
  beforeAll(async () => {
    const evaluate = (db: Db, onProgress: () => void) => fireInSteps("week", db, NOW, WEEK, { onProgress });
    ({ copy, undisturbed } = await clubToHit(CLUB, evaluate, STEPS));
  });

  const everyTransaction = Array.from({ length: TRANSACTIONS }, (_, index) => index + 1);
  /** What one that was killed after a commit leaves is what is there before the next; so a few of them do. */
  const someSteps = [1, 1 + 2, STEPS];
  const blows: Blow[] = [
    ...everyTransaction.map((step): Blow => ({ signal: "SIGKILL", step, moment: "before-commit" })),
    ...someSteps.map((step): Blow => ({ signal: "SIGKILL", step, moment: "after-commit" })),
  ];

  it.each(blows)("at step $step $moment is resumed to the same tables", async (blow) => {
    const { url, db, close } = await copy();
    const { signal } = await startEvaluation("week", WEEK, url, NOW, blow).ended;
    expect(signal).toBe("SIGKILL");
    const early = await fireInSteps("week", db, NOW, WEEK, { clock: Date.now });
    expect(early.main.outcome).toMatchObject({ status: "skipped", reason: "already-running" });

    const afterTheLease = () => Date.now() + 120_000;
    const { main } = await fireInSteps("week", db, NOW, WEEK, { clock: afterTheLease });
    expect(main.outcome).toMatchObject({ status: "completed", result: { counts: { processedUsers: CLUB } } });
    expect(await dumpDerived(db)).toEqual(undisturbed);
    const run = await row<{ attempt: number }>(db, sql`select attempt from job_runs where status = 'completed'`);
    expect(run.attempt).toBe(2);
    await close();
  });

  it.each(["after-commit", "before-commit"] as const)(
    "by a pause %s past its lease writes nothing more",
    async (moment) => {
      const { url, db, close } = await copy();
      const holder = startEvaluation("week", WEEK, url, NOW, { signal: "SIGSTOP", step: 2, moment });
      await holder.printed("STOPPED");
      const afterTheLease = () => Date.now() + 120_000;
      const { main } = await fireInSteps("week", db, NOW, WEEK, { clock: afterTheLease });
      expect(main.outcome.status).toBe("completed");
      const ledger = await row(db, sql`select to_jsonb(job_runs) as run from job_runs`);

      holder.child.kill("SIGCONT");
      expect(await holder.ended).toMatchObject({ code: 0, outcome: "skipped" });
      expect(await dumpDerived(db)).toEqual(undisturbed);
      expect(await row(db, sql`select to_jsonb(job_runs) as run from job_runs`)).toEqual(ledger);
      await close();
    },
  );
});
