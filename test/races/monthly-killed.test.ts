import { beforeAll, describe, expect, it } from "vitest";
import { configure } from "../../lib/config/config.ts";
import type { Db } from "../../lib/db/db.ts";
import { monthlyRankings, monthlyStandings } from "../../lib/sport/evaluation/schema.ts";
import { type Interruption, startEvaluation } from "../support/children/evaluation-process.ts";
import { dumpDerived } from "../support/database/dump.ts";
import { CLUB_SIZE, evaluateInSmallChunks } from "../support/sport/small-chunks.ts";
import { SETTINGS } from "../worlds/club-settings.ts";
import { clubToInterrupt, type InterruptedClub } from "../worlds/interrupted-club.ts";

configure(SETTINGS);

const NOW = "2026-03-01T00:10:00Z";
const MONTH = "2026-02-01";
/** The standings come after the first step and two for the results (three chunks, two of them at once). */
const STANDINGS_STEP = 4;
/** The first step of the results has a second transaction beside its own. */
const STANDINGS_TRANSACTION = STANDINGS_STEP + 1;
const STEPS = 1 + 2 + 1 + 2 + 9 + 1;
const afterTheLease = () => Date.now() + 120_000;

describe("a monthly evaluation that is interrupted at its standings", () => {
  let copy: InterruptedClub["copy"];
  let undisturbed: InterruptedClub["undisturbed"];
  beforeAll(async () => {
    const evaluate = (db: Db, onProgress: () => void) => evaluateInSmallChunks("month", db, NOW, MONTH, { onProgress });
    ({ copy, undisturbed } = await clubToInterrupt(CLUB_SIZE, evaluate, STEPS));
  });

  it.each<Interruption & { standingsWritten: boolean }>([
    { signal: "SIGKILL", step: STANDINGS_TRANSACTION, moment: "before-commit", standingsWritten: false },
    { signal: "SIGKILL", step: STANDINGS_STEP, moment: "after-commit", standingsWritten: true },
    { signal: "SIGKILL", step: STANDINGS_STEP + 1, moment: "after-commit", standingsWritten: true },
  ])("by a kill at step $step, $moment, continues to the same tables", async ({ standingsWritten, ...kill }) => {
    const { url, db, close } = await copy();
    expect(await startEvaluation("month", MONTH, url, NOW, kill).ended).toMatchObject({ signal: "SIGKILL" });
    expect((await db.$count(monthlyStandings)) > 0).toBe(standingsWritten);
    const rankingsWritten = kill.step > STANDINGS_STEP && kill.moment === "after-commit";
    expect((await db.$count(monthlyRankings)) > 0).toBe(rankingsWritten);

    const { main } = await evaluateInSmallChunks("month", db, NOW, MONTH, { clock: afterTheLease });
    expect(main.outcome).toMatchObject({ status: "completed", result: { counts: { processedUsers: CLUB_SIZE } } });
    expect(await dumpDerived(db)).toEqual(undisturbed);
    await close();
  });

  it("by a pause just before the commit, until its lease has expired, writes nothing more", async () => {
    const { url, db, close } = await copy();
    const pause: Interruption = { signal: "SIGSTOP", step: STANDINGS_TRANSACTION, moment: "before-commit" };
    const paused = startEvaluation("month", MONTH, url, NOW, pause);
    await paused.printed("STOPPED");
    const { main } = await evaluateInSmallChunks("month", db, NOW, MONTH, { clock: afterTheLease });
    expect(main.outcome.status).toBe("completed");

    paused.child.kill("SIGCONT");
    expect(await paused.ended).toMatchObject({ code: 0, outcome: "skipped" });
    expect(await dumpDerived(db)).toEqual(undisturbed);
    await close();
  });
});
