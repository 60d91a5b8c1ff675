import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import type { Connection } from "../../../lib/db/client.ts";
import type { Db } from "../../../lib/db/db.ts";
import { noteChanges } from "../../../lib/jobs/settlement.ts";
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

/** Late entries to a month and to the week in it (domain, section 3, decided). */

const MONTH_END = new Date("2026-03-01T00:00:00Z");
const WEEK_END = new Date("2026-02-16T00:00:00Z");
const EVALUATED = "2026-03-01T00:10:00Z";
const WEEK = { date: "2026-02-09" };

describe("a workout that comes to an evaluated month", () => {
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

  /** A workout that comes so late, as the endpoint takes it. */
  async function comes(now: string): Promise<void> {
    const late = { userId: "bob", at: "2026-02-11T10:00:00Z", id: "late", activities: [pushups(2000)] };
    await addWorkouts(db, late);
    await addWorkouts(fresh, late);
    await noteChanges(db, MONTHLY, [MONTH_END], new Date(now));
    await noteChanges(db, WEEKLY, [WEEK_END], new Date(now));
  }
  const champions = () => db.select().from(awards).where(eq(awards.type, "monthly-champion"));
  /** Without mails, whose content is of the moment they were written. */
  const derived = async (of: Db) => ({ ...(await dumpDerived(of)), email_queue: [] });

  it("has it evaluated again by the next firing, like a fresh one, without a second mail", async () => {
    await comes("2026-03-05T09:00:00Z");
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
    // Catching up, the firing above found January missing too.
    await fireMonthly(fresh, EVALUATED, { date: "2026-01-01" });
    expect(await derived(db)).toEqual(await derived(fresh));
  });

  it("moves a lifetime badge from the month to the week where the week is settled after it", async () => {
    await comes("2026-03-05T09:00:00Z");
    await fireMonthly(db, "2026-03-08T00:10:00Z");
    const holders = async () => {
      const held = await db.select().from(userBadges).where(eq(userBadges.slug, "lifetime-pushups"));
      return new Set(held.map(({ periodKind }) => periodKind));
    };
    // The week has a result already, and so the badge: whichever evaluation derives it.
    expect(await holders()).toEqual(new Set(["week"]));
    await fireWeekly(db, "2026-03-08T00:05:00Z", { ...WEEK, force: true });
    expect(await holders()).toEqual(new Set(["week"]));
  });

  it("changes nothing when it comes later than that", async () => {
    await comes("2026-03-09T00:10:01Z");
    const before = await derived(db);
    await fireMonthly(db, "2026-03-10T00:10:00Z", { date: "2026-02-01" });
    expect(await derived(db)).toEqual(before);
    expect(await champions()).toEqual([]);
  });
});
