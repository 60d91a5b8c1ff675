import { beforeAll, describe, expect, it } from "vitest";
import { configure } from "../../lib/config/config.ts";
import type { Db } from "../../lib/db/db.ts";
import { monthlyRankings, monthlyStandings } from "../../lib/sport/evaluation/schema.ts";
import { type Blow, startEvaluation } from "../support/children/evaluation-process.ts";
import { dumpDerived } from "../support/database/dump.ts";
import { CLUB, fireInSteps } from "../support/jobs/hit-steps.ts";
import { SETTINGS } from "../worlds/club-settings.ts";
import { clubToHit, type HitClub } from "../worlds/hit-club.ts";

configure(SETTINGS);

const NOW = "2026-03-01T00:10:00Z";
const MONTH = "2026-02-01";
/** Three chunks, two of them written at once: a first step, two for the results, and then the standings. */
const STANDINGS = 4;
/** The first step of the results has a transaction beside it. */
const TRANSACTION = STANDINGS + 1;
const STEPS = 1 + 2 + 1 + 2 + 9 + 1;
const afterTheLease = () => Date.now() + 120_000;

describe("a monthly run that is hit at its standings", () => {
  let copy: HitClub["copy"];
  let undisturbed: HitClub["undisturbed"];
  beforeAll(async () => {
    const evaluate = (db: Db, onProgress: () => void) => fireInSteps("month", db, NOW, MONTH, { onProgress });
    ({ copy, undisturbed } = await clubToHit(CLUB, evaluate, STEPS));
  });

  it.each<Blow & { standing: boolean }>([
    { signal: "SIGKILL", step: TRANSACTION, moment: "before-commit", standing: false },
    { signal: "SIGKILL", step: STANDINGS, moment: "after-commit", standing: true },
    { signal: "SIGKILL", step: STANDINGS + 1, moment: "after-commit", standing: true },
  ])("step $step, $moment, is resumed to the same tables", async ({ standing, ...blow }) => {
    const { url, db, close } = await copy();
    expect(await startEvaluation("month", MONTH, url, NOW, blow).ended).toMatchObject({ signal: "SIGKILL" });
    expect((await db.$count(monthlyStandings)) > 0).toBe(standing);
    expect((await db.$count(monthlyRankings)) > 0).toBe(blow.step > STANDINGS && blow.moment === "after-commit");

    const { main } = await fireInSteps("month", db, NOW, MONTH, { clock: afterTheLease });
    expect(main.outcome).toMatchObject({ status: "completed", result: { counts: { processedUsers: CLUB } } });
    expect(await dumpDerived(db)).toEqual(undisturbed);
    await close();
  });

  it("by a pause past its lease writes nothing more, though the standings were all but written", async () => {
    const { url, db, close } = await copy();
    const blow: Blow = { signal: "SIGSTOP", step: TRANSACTION, moment: "before-commit" };
    const holder = startEvaluation("month", MONTH, url, NOW, blow);
    await holder.printed("STOPPED");
    const { main } = await fireInSteps("month", db, NOW, MONTH, { clock: afterTheLease });
    expect(main.outcome.status).toBe("completed");

    holder.child.kill("SIGCONT");
    expect(await holder.ended).toMatchObject({ code: 0, outcome: "skipped" });
    expect(await dumpDerived(db)).toEqual(undisturbed);
    await close();
  });
});
