import { asc } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import type { Db } from "../../../lib/db/db.ts";
import { emailQueue } from "../../../lib/mail/schema.ts";
import { leaderboardResults, weeklyResults } from "../../../lib/sport/evaluation/schema.ts";
import { DATABASES, empty } from "../../support/database/databases.ts";
import { fireWeekly } from "../../support/jobs/invoke-weekly.ts";
import { addUsers, addWorkouts, befriend, pushups } from "../../worlds/club.ts";

configure({ EVENTS_BASE_URL: "http://127.0.0.1", EMAIL_PREFERENCES_SECRET: "a-secret-of-the-tests" });

const MONDAY = "2026-02-09T00:05:00Z";

describe.each(DATABASES)("the weekly evaluation on $name", ({ open }) => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    connection = await open();
    db = connection.db;
  });
  afterAll(() => connection.close());
  beforeEach(() => empty(db));

  it("writes a result for each active user, even without a workout", async () => {
    await addUsers(db, "ada", "bob", { id: "cyd", isActive: false });
    await addWorkouts(db, { userId: "ada", at: "2026-02-03T10:00:00Z", activities: [pushups(12)] });
    await fireWeekly(db, MONDAY, { date: "2026-02-02" });
    const results = await db.select().from(weeklyResults).orderBy(asc(weeklyResults.userId));
    expect(results.map(({ userId, totalPoints }) => [userId, totalPoints])).toEqual([
      ["ada", 12],
      ["bob", 0],
    ]);
  });

  it("lets equal points share a rank", async () => {
    await addUsers(db, "ada", "bob", "cyd", "dan");
    await befriend(db, ["ada", "bob"], ["ada", "cyd"], ["ada", "dan"]);
    await addWorkouts(
      db,
      { userId: "ada", at: "2026-02-03T10:00:00Z", activities: [pushups(5)] },
      { userId: "bob", at: "2026-02-03T10:00:00Z", activities: [pushups(9)] },
      { userId: "cyd", at: "2026-02-03T10:00:00Z", activities: [pushups(9)] },
    );
    await fireWeekly(db, MONDAY, { date: "2026-02-02" });
    const board = await db.select().from(leaderboardResults).orderBy(asc(leaderboardResults.userId));
    expect(board.map(({ userId, rank, participants }) => [userId, rank, participants])).toEqual([
      ["ada", 3, 4],
      ["bob", 1, 2],
      ["cyd", 1, 2],
      ["dan", 2, 2],
    ]);
  });

  it("queues one mail for each user, even if it runs several times", async () => {
    await addUsers(db, "ada", { id: "bob", preferences: { notifications: { email: false } } });
    const first = await fireWeekly(db, MONDAY);
    await fireWeekly(db, MONDAY, { force: true });
    await fireWeekly(db, MONDAY, { force: true });
    expect(first.main.outcome).toMatchObject({
      status: "completed",
      result: {
        counts: { emails: { queued: 1, skipped: 1, failed: 0 } },
        details: { emailResults: [{ userId: "bob", reason: "email-notifications-disabled" }, { userId: "ada" }] },
      },
    });
    expect(await db.$count(emailQueue)).toBe(1);
  });

  it("lists in a mail only the badges and awards of its week", async () => {
    await addUsers(db, "ada", "bob");
    await befriend(db, ["ada", "bob"]);
    const train = (userId: string, at: string, quantity: number) => ({ userId, at, activities: [pushups(quantity)] });
    await addWorkouts(db, train("ada", "2026-02-03T10:00:00Z", 10), train("bob", "2026-02-03T10:00:00Z", 5));
    await fireWeekly(db, MONDAY);
    await addWorkouts(db, train("ada", "2026-02-10T10:00:00Z", 40), train("bob", "2026-02-10T10:00:00Z", 60));
    await fireWeekly(db, "2026-02-16T00:05:00Z");
    const mails = await db.select().from(emailQueue).orderBy(asc(emailQueue.id));
    const sections = mails
      .filter(({ userId }) => userId === "ada")
      .map(({ text }) => text?.split("\n\n").filter((section) => /^Neue (Abzeichen|Auszeichnungen)/.test(section)));
    expect(sections).toEqual([
      ["Neue Abzeichen\n  - 10 Liegestütze insgesamt", "Neue Auszeichnungen\n  - Gold unter Freunden"],
      ["Neue Abzeichen\n  - 50 Liegestütze insgesamt", "Neue Auszeichnungen\n  - Silber unter Freunden"],
    ]);
  });
});
