import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import type { Db } from "../../../lib/db/db.ts";
import { recordChanges } from "../../../lib/jobs/settlement.ts";
import { emailQueue } from "../../../lib/mail/schema.ts";
import { MONTHLY, WEEKLY } from "../../../lib/sport/evaluation/job-names.ts";
import { awards, userBadges } from "../../../lib/sport/evaluation/schema.ts";
import { empty, freshPostgres } from "../../support/database/databases.ts";
import { dumpDerived } from "../../support/database/dump.ts";
import { fireMonthly } from "../../support/jobs/invoke-monthly.ts";
import { fireWeekly } from "../../support/jobs/invoke-weekly.ts";
import { addUsers, addWorkouts, befriend, pushups } from "../../worlds/club.ts";
import { SETTINGS } from "../../worlds/club-settings.ts";

configure(SETTINGS);

/** Late workouts in a month and in a week of it (docs/domain.md, section 3). */

const MONTH_END = new Date("2026-03-01T00:00:00Z");
const WEEK_END = new Date("2026-02-16T00:00:00Z");
const EVALUATED = "2026-03-01T00:10:00Z";
const WEEK = { date: "2026-02-09" };

describe("a workout that arrives in an evaluated month", () => {
  const connections: Connection[] = [];
  let db: Db;
  let fresh: Db;
  beforeAll(async () => {
    connections.push(await freshPostgres(), await freshPostgres());
    [db, fresh] = connections.map((connection) => connection.db) as [Db, Db];
  });
  afterAll(() => Promise.all(connections.map((connection) => connection.close())));
  beforeEach(async () => {
    for (const each of [db, fresh]) {
      await empty(each);
      await addUsers(each, "ada", "bob");
      await befriend(each, ["ada", "bob"]);
      await addWorkouts(
        each,
        { userId: "ada", at: "2026-02-10T10:00:00Z", activities: [pushups(30)] },
        { userId: "bob", at: "2026-02-10T10:00:00Z", activities: [pushups(20)] },
      );
    }
    await fireWeekly(db, EVALUATED, WEEK);
    await fireMonthly(db, EVALUATED, { date: "2026-02-01" });
  });

  /** Adds a late workout as the endpoint does. */
  async function addLateWorkout(now: string): Promise<void> {
    const late = { userId: "bob", at: "2026-02-11T10:00:00Z", id: "late", activities: [pushups(2000)] };
    await addWorkouts(db, late);
    await addWorkouts(fresh, late);
    await recordChanges(db, MONTHLY, [MONTH_END], new Date(now));
    await recordChanges(db, WEEKLY, [WEEK_END], new Date(now));
  }
  const champions = () => db.select().from(awards).where(eq(awards.type, "monthly-champion"));
  /** Without mails, whose content depends on when they were written. */
  const derived = async (of: Db) => ({ ...(await dumpDerived(of)), email_queue: [] });

  it("causes another evaluation by the next firing, equal to a first one, without a second mail", async () => {
    await addLateWorkout("2026-03-05T09:00:00Z");
    const mails = await db.select().from(emailQueue).orderBy(asc(emailQueue.id));
    expect(await champions()).toEqual([]);

    const { main } = await fireMonthly(db, "2026-03-08T00:10:00Z");
    expect(main.outcome).toMatchObject({ status: "completed", result: { counts: { points: 2050 } } });
    expect((await champions()).map(({ userId }) => userId)).toEqual(["bob"]);
    const after = await db.select().from(emailQueue).orderBy(asc(emailQueue.id));
    expect(after.map(({ id, dedupeKey }) => [id, dedupeKey])).toEqual(
      mails.map(({ id, dedupeKey }) => [id, dedupeKey]),
    );

    await fireWeekly(db, "2026-03-08T00:05:00Z", { ...WEEK, force: true });
    await fireWeekly(fresh, EVALUATED, WEEK);
    await fireMonthly(fresh, EVALUATED, { date: "2026-02-01" });
    // The firing above also evaluated January, which was missing.
    await fireMonthly(fresh, EVALUATED, { date: "2026-01-01" });
    expect(await derived(db)).toEqual(await derived(fresh));
  });

  it("leaves a lifetime badge with the week, whether the week or the month is evaluated again first", async () => {
    await addLateWorkout("2026-03-05T09:00:00Z");
    await fireMonthly(db, "2026-03-08T00:10:00Z");
    const holders = async () => {
      const held = await db.select().from(userBadges).where(eq(userBadges.slug, "lifetime-pushups"));
      return new Set(held.map(({ periodKind }) => periodKind));
    };
    // The week has a result already, so it gets the badge from either evaluation.
    expect(await holders()).toEqual(new Set(["week"]));
    await fireWeekly(db, "2026-03-08T00:05:00Z", { ...WEEK, force: true });
    expect(await holders()).toEqual(new Set(["week"]));
  });

  it("changes nothing if it arrives after SETTLEMENT_DAYS", async () => {
    await addLateWorkout("2026-03-09T00:10:01Z");
    const before = await derived(db);
    await fireMonthly(db, "2026-03-10T00:10:00Z", { date: "2026-02-01" });
    expect(await derived(db)).toEqual(before);
    expect(await champions()).toEqual([]);
  });
});
