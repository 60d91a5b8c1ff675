import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import type { Db } from "../../../lib/db/db.ts";
import { jobRuns, periodChanges } from "../../../lib/jobs/schema.ts";
import { emailQueue } from "../../../lib/mail/schema.ts";
import { workoutActivities, workouts } from "../../../lib/sport/training/schema.ts";
import { currentMs } from "../../../lib/time/clock.ts";
import type { Period } from "../../../lib/time/periods.ts";
import { setClock, WEEK } from "../../support/clock.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { DELETE, POST } from "../../support/http/api.ts";
import { CRON_SECRET, call, dump, fates, hoursInto, SETTINGS, type Taken } from "../../support/http/requests.ts";
import { addUsers, befriend } from "../../worlds/club.ts";

/** Workouts that arrive late, and requests for the same workout at once (docs/domain.md, section 3). */

const it = databaseTest(SETTINGS);

const DERIVED = ["weekly_results", "leaderboard_results", "user_badges", "awards"];

const send = (json: object, method = "POST") =>
  call<Taken>(method === "POST" ? POST : DELETE, "/api/sport/workouts", { method, json });
const fire = () => call(POST, "/api/events/weekly", { method: "POST", token: CRON_SECRET });

describe("workouts", () => {
  let db: Db;
  let week: Period;
  beforeEach<{ db: Db }>(async ({ db: own }) => {
    db = own;
    setClock();
    week = WEEK;
    await addUsers(db, "ada", "bob");
    await befriend(db, ["ada", "bob"]);
    await post("ada", 10, 30);
    await post("bob", 12, 20);
  });

  /** One workout of push-ups, a point each. */
  const post = (userId: string, hours: number, quantity: number, id = `${userId}-${hours}`) =>
    send({
      workouts: [{ id, userId, startTime: hoursInto(week, hours), activities: [{ exerciseId: "pushups", quantity }] }],
    });
  const derived = () => dump(db, ...DERIVED);
  const weeksToSettle = () => db.select().from(periodChanges).where(eq(periodChanges.jobName, "weekly-events"));
  const awards = async () => (await derived()).awards?.map(({ user_id, type }) => `${user_id} ${type}`).sort();
  const newest = async () => (await db.select().from(jobRuns).where(eq(jobRuns.scheduledFor, week.end)))[0];
  const evaluateAfresh = async () => {
    await db.execute(sql`truncate weekly_results, leaderboard_results, user_badges, awards, notifications, job_executions, job_runs,
      period_changes, email_queue`);
    await fire();
    return derived();
  };
  /** Moves the evaluation of the week into the past. */
  const evaluatedDaysAgo = (days: number) =>
    db.execute(sql`update job_runs set metadata = metadata
      || jsonb_build_object('evaluatedAt', ${new Date(currentMs() - days * 86_400_000 - 300_000).toISOString()}::text)`);

  describe("that arrive after the evaluation of their week", () => {
    it("cause another evaluation by the next firing, with the same results as a first evaluation", async () => {
      await fire();
      const before = await derived();
      expect(fates(await post("bob", 90, 800))).toEqual(["created"]);
      expect(await derived()).toEqual(before);

      const again = await fire();
      expect(again.body).toMatchObject({ status: "ok", skipped: false, points: 850, workouts: 3 });
      expect(again.body).not.toHaveProperty("catchUp");
      const settled = await derived();
      expect(settled).not.toEqual(before);
      expect(await weeksToSettle()).toEqual([]);
      expect(settled).toEqual(await evaluateAfresh());
    });

    it("move awards and badges to the users who earn them now", async () => {
      await fire();
      expect(await awards()).toEqual(["ada friends-gold", "bob friends-silver"]);
      await post("bob", 90, 800);
      await fire();
      expect(await awards()).toEqual(["ada friends-silver", "bob friends-gold"]);
    });

    it("update a queued summary mail and queue no second one", async () => {
      await fire();
      const first = await db.select().from(emailQueue).orderBy(emailQueue.dedupeKey);
      await post("bob", 90, 800);
      const again = await fire();
      expect(again.body.emails).toEqual({ queued: 0, skipped: 2, failed: 0 });
      const second = await db.select().from(emailQueue).orderBy(emailQueue.dedupeKey);
      expect(second.map(({ id, messageId }) => [id, messageId])).toEqual(
        first.map(({ id, messageId }) => [id, messageId]),
      );
      expect(first[1]?.text).toContain("20 Punkte");
      expect(second[1]?.text).toContain("820 Punkte");
      expect(second[1]?.html).toContain("820 Liegestütze");
    });

    it("do not change a summary mail that was sent", async () => {
      await fire();
      await db.update(emailQueue).set({ status: "sent" }).where(eq(emailQueue.userId, "bob"));
      const mails = async () => (await dump(db, "email_queue")).email_queue;
      const sent = (await mails())?.find(({ status }) => status === "sent");
      await post("bob", 90, 800);
      await fire();
      expect(await mails()).toHaveLength(2);
      expect(await mails()).toContainEqual(sent);
    });

    it.each([
      ["changed", () => post("ada", 10, 99)],
      ["moved to another week", () => post("ada", 10 - 7 * 24, 30, "ada-10")],
      ["deleted", () => send({ workouts: [{ id: "ada-10", userId: "ada" }] }, "DELETE")],
    ])("count as late when they are %s", async (_, change) => {
      await fire();
      await change();
      expect((await fire()).body).toMatchObject({ skipped: false });
      const settled = await derived();
      expect(settled).toEqual(await evaluateAfresh());
    });

    it("cause no evaluation if they change nothing", async () => {
      await fire();
      expect(fates(await post("ada", 10, 30))).toEqual(["unchanged"]);
      expect((await fire()).body).toMatchObject({ skipped: true, reason: "already-processed" });
    });

    it("are counted within SETTLEMENT_DAYS of the first evaluation", async () => {
      await fire();
      await evaluatedDaysAgo(6);
      await post("bob", 90, 1);
      expect((await fire()).body).toMatchObject({ skipped: false });
      await evaluatedDaysAgo(7);
      await post("bob", 91, 1);
      expect((await fire()).body).toMatchObject({ skipped: true, reason: "already-processed" });
      expect((await newest())?.metadata).toMatchObject({ workouts: 3 });
    });

    it("too late are stored, but only a forced evaluation counts them", async () => {
      await fire();
      await evaluatedDaysAgo(8);
      const before = await derived();
      expect(fates(await post("bob", 90, 800))).toEqual(["created"]);
      expect((await fire()).body).toMatchObject({ skipped: true });
      expect(await derived()).toEqual(before);
      const forced = await call(POST, "/api/events/weekly", { token: CRON_SECRET, json: { force: true } });
      expect(forced.body).toMatchObject({ points: 850 });
    });

    it("are never counted if SETTLEMENT_DAYS is 0", async () => {
      setClock();
      configure({ ...SETTINGS, SETTLEMENT_DAYS: "0" });
      week = WEEK;
      await fire();
      await evaluatedDaysAgo(0);
      await post("bob", 90, 800);
      expect((await fire()).body).toMatchObject({ skipped: true });
    });
  });

  it("in the current week cause no evaluation", async () => {
    await fire();
    const startTime = new Date(currentMs() - 60_000).toISOString();
    const activities = [{ exerciseId: "pushups", quantity: 5 }];
    await send({ workouts: [{ id: "now", userId: "ada", startTime, activities }] });
    expect(await weeksToSettle()).toEqual([]);
    expect((await fire()).body).toMatchObject({ skipped: true });
  });

  it("in a week that ends within an hour are noted, because its evaluation may begin before they are committed", async () => {
    const item = { id: "now", userId: "ada", startTime: "2026-03-08T20:00:00Z" };
    const activities = [{ exerciseId: "pushups", quantity: 5 }];
    const noted = async () => (await weeksToSettle()).map(({ scheduledFor }) => scheduledFor.toISOString());
    await db.execute(sql`truncate period_changes`);
    setClock("2026-03-08T22:59:30Z");
    await send({ workouts: [{ ...item, activities }] });
    expect(await noted()).toEqual([]);
    setClock("2026-03-08T23:00:00Z");
    await send({ workouts: [{ ...item, id: "later", activities }] });
    expect(await noted()).toEqual(["2026-03-09T00:00:00.000Z"]);
  });

  it("posted several times at once are stored once", async () => {
    const batch = {
      workouts: Array.from({ length: 20 }, (_, n) => ({
        id: `twin-${n}`,
        userId: "ada",
        startTime: hoursInto(week, 30),
        activities: [
          { exerciseId: "pushups", quantity: 5 },
          { exerciseId: "situps", quantity: 5 },
        ],
      })),
    };
    const reversed = { workouts: batch.workouts.toReversed() };
    const answers = await Promise.all([send(batch), send(reversed), send(batch), send(reversed)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const all = answers.flatMap(fates);
    expect(all.filter((fate) => fate === "created")).toHaveLength(20);
    expect(all.filter((fate) => fate === "unchanged")).toHaveLength(60);
    expect(await db.$count(workouts)).toBe(22);
    expect(await db.$count(workoutActivities)).toBe(42);
  });

  it("posted at once with different contents end as one of them, as a whole", async () => {
    const answers = await Promise.all([1, 2, 3, 4].map((quantity) => post("ada", 30, quantity, "contested")));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const [head, ...more] = await db.select().from(workouts).where(eq(workouts.clientId, "contested"));
    expect(more).toEqual([]);
    const activities = await db
      .select()
      .from(workoutActivities)
      .where(eq(workoutActivities.workoutId, head?.id ?? 0));
    expect(activities).toHaveLength(1);
  });
});
