import { isDeepStrictEqual } from "node:util";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configure } from "../../lib/config.ts";
import type { Connection } from "../../lib/db/client.ts";
import { type Db, json, rows, transact } from "../../lib/db/db.ts";
import { type ActivityItem, type StoredActivity, settleActivity } from "../../lib/sport/activity.ts";
import { readExerciseFacts } from "../../lib/sport/catalogue.ts";
import { awards, leaderboardResults, notifications, userBadges, weeklyResults } from "../../lib/sport/schema.ts";
import { deleteWorkouts, writeWorkouts } from "../../lib/sport/workout-store.ts";
import { empty, freshPostgres } from "../support/databases.ts";
import { fireWeekly } from "../support/invoke-weekly.ts";
import {
  AUTUMN,
  asOf,
  type Calendar,
  DAY,
  ELEVEN_WEEKS,
  type RandomClub,
  randomChange,
  randomClub,
  SPRING,
  UTC,
} from "./random-clubs.ts";
import { evaluate, type Tables, type Week } from "./reference.ts";

configure({});

const SEED = 20_260_209;
/** Long after every week below: none is the newest, so that no mail is written. */
const NOW = "2027-06-01T00:00:00Z";

/* Many clubs in one database: ids carry the number of their club. */

const idIn = (club: number, id: string): string => `c${String(club).padStart(4, "0")}:${id}`;

/** Makes users, friendships and workouts of a database those of the clubs, as endpoints would one by one. */
async function store(db: Db, clubs: RandomClub[], week?: number): Promise<void> {
  await storeUsers(db, clubs, week);
  const pairs = clubs.flatMap(({ friendships }, n) =>
    friendships.map(({ a, b, status }) => [...[idIn(n, a), idIn(n, b)].sort(), status]),
  );
  await db.execute(sql`delete from friendships`);
  await db.execute(sql`insert into friendships (user_a, user_b, status)
    select pair->>0, pair->>1, pair->>2 from jsonb_array_elements(${json(pairs)}) as pair`);
  const facts = await readExerciseFacts(db);
  const wanted = clubs.flatMap(({ users, workouts }, n) =>
    workouts.map(({ id, userId, start, activities }) => {
      const body = users.find((user) => user.id === userId)!.bodyWeightKg;
      const settled = activities.map((item): StoredActivity => {
        const result = settleActivity(item as ActivityItem, facts.get(item.exerciseId), body, "activities");
        if ("code" in result) throw new Error(`${result.field}: expected ${result.expected}, got ${result.got}`);
        return result;
      });
      const fingerprint = JSON.stringify([start, activities]);
      return { id, userId: idIn(n, userId), startTime: new Date(start), activities: settled, fingerprint };
    }),
  );
  const keep = new Set(wanted.map(({ userId, id }) => `${userId} ${id}`));
  const there = await rows<{ userId: string; id: string }>(
    db,
    sql`select user_id as "userId", client_id as id from workouts`,
  );
  const gone = there.filter(({ userId, id }) => !keep.has(`${userId} ${id}`));
  await transact(db, (tx) => deleteWorkouts(tx, gone));
  await transact(db, (tx) => writeWorkouts(tx, wanted));
}

/** Stores users as they are in the end, or as they were when a week was evaluated. */
async function storeUsers(db: Db, clubs: RandomClub[], week?: number): Promise<void> {
  const users = clubs.flatMap((club, n) =>
    (week === undefined ? club : asOf(club, week)).users.map((user) => ({ ...user, id: idIn(n, user.id) })),
  );
  await db.execute(sql`insert into users (id, preferences, weekly_goals, body_weight_kg, is_active)
    select id, preferences, "weeklyGoals", "bodyWeightKg", active from jsonb_to_recordset(${json(users)}) as item
      (id text, preferences jsonb, "weeklyGoals" jsonb, "bodyWeightKg" numeric, active boolean)
    on conflict (id) do update set preferences = excluded.preferences, weekly_goals = excluded.weekly_goals,
      is_active = excluded.is_active`);
}

const dateIn = ({ start }: Week): string => new Date(start + 3.5 * DAY).toISOString().slice(0, 10);

async function evaluateWeek(db: Db, { zone, weeks }: Calendar, index: number, force = false): Promise<void> {
  const { start, end } = weeks[index]!;
  const { main } = await fireWeekly(db, NOW, { date: dateIn({ start, end }), force }, { zone });
  expect([main.outcome.status, Number(main.period.start), Number(main.period.end)]).toEqual(["completed", start, end]);
}

/** Stores clubs in an empty database and evaluates weeks, oldest first. */
async function evaluateAnew(
  db: Db,
  clubs: RandomClub[],
  calendar: Calendar,
  order: Iterable<number> = calendar.weeks.keys(),
): Promise<void> {
  await empty(db);
  await store(db, clubs);
  for (const week of order) {
    await storeUsers(db, clubs, week);
    await evaluateWeek(db, calendar, week);
  }
}

/** What the reference says, each week evaluated as the club was then. */
function expected({ weeks }: Calendar, club: RandomClub, order: Iterable<number> = weeks.keys()): Tables {
  const evaluations = [...order].map((index) => ({ week: weeks[index]!, club: asOf(club, index) }));
  return inOrder(evaluate(evaluations, club));
}

const against = (tables: Tables[], expectedOf: (club: number) => Tables): Verdict[] =>
  tables.map((actual, n) => ({ actual, expected: expectedOf(n) }));

/** Everything derived, by club and in a fixed order, without surrogate ids and the time of notices. */
async function readTables(db: Db, clubs: number): Promise<Tables[]> {
  const tables = Array.from({ length: clubs }, nothing);
  const take = (name: keyof Tables, found: { userId: string }[]) => {
    for (const row of found) {
      const [club, userId] = row.userId.split(":") as [string, string];
      (tables[Number(club.slice(1))]![name] as { userId: string }[]).push({ ...row, userId });
    }
  };
  take("weeklyResults", await db.select().from(weeklyResults));
  take("leaderboardResults", await db.select().from(leaderboardResults));
  take("userBadges", await db.select().from(userBadges));
  take("awards", await db.select().from(awards));
  const { userId, kind, slug, level, periodStart } = notifications;
  take("notifications", await db.select({ userId, kind, slug, level, periodStart }).from(notifications));
  return tables.map(inOrder);
}

function nothing(): Tables {
  return { weeklyResults: [], leaderboardResults: [], userBadges: [], awards: [], notifications: [] };
}

function inOrder(tables: Tables): Tables {
  const key = (row: object): string => {
    const { userId, weekStart, periodStart, kind, slug, type, level } = row as Record<string, unknown>;
    return JSON.stringify([userId, weekStart ?? periodStart, kind, slug ?? type, level]);
  };
  const sorted = (rows: object[]) => rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  return Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, sorted(rows)])) as Tables;
}

/** All rows of the derived tables as they lie there: with ids, times, and the transaction that wrote each. */
async function dump(db: Db): Promise<unknown[]> {
  const tables = ["weekly_results", "leaderboard_results", "user_badges", "awards", "notifications"];
  const dumped = tables.map((name) =>
    rows(db, sql.raw(`select xmin::text as written_by, ${name}.* from ${name} order by ctid`)),
  );
  return Promise.all(dumped);
}

interface Verdict {
  actual: unknown;
  expected: unknown;
}

/**
 * Judges `count` random cases in one go. Where one fails, it is run again alone and shrunk, so that the report shows
 * the smallest club that fails.
 */
async function judge<T>(cases: fc.Arbitrary<T>, count: number, run: (cases: T[]) => Promise<Verdict[]>): Promise<void> {
  const alone = fc.asyncProperty(cases, async (one) => {
    const [verdict] = await run([one]);
    expect(verdict!.actual).toEqual(verdict!.expected);
  });
  const all = fc.sample(alone, { seed: SEED, numRuns: count }).map(([one]) => one);
  const verdicts = await run(all);
  expect(verdicts.length).toBe(count);
  const failed = verdicts.findIndex(({ actual, expected }) => !isDeepStrictEqual(actual, expected));
  if (failed === -1) return;
  await fc.assert(alone, { seed: SEED, path: String(failed), numRuns: 1, interruptAfterTimeLimit: 30_000 });
  const message = `fails in company only: ${JSON.stringify(all[failed])}`;
  expect(verdicts[failed]!.actual, message).toEqual(verdicts[failed]!.expected);
}

describe("the weekly evaluation of random clubs", () => {
  const connections: Connection[] = [];
  let db: Db;
  let fresh: Db;
  beforeAll(async () => {
    connections.push(await freshPostgres(), await freshPostgres());
    [db, fresh] = connections.map((connection) => connection.db) as [Db, Db];
  });
  afterAll(() => Promise.all(connections.map((connection) => connection.close())));

  it.each([
    { calendar: UTC, clubs: 1500, size: {} },
    { calendar: SPRING, clubs: 800, size: {} },
    { calendar: AUTUMN, clubs: 800, size: {} },
    { calendar: ELEVEN_WEEKS, clubs: 300, size: { members: 3, perWeek: 6 } },
  ])("is that of the naive reference, week by week in $calendar.zone", async ({ calendar, clubs, size }) => {
    await judge(randomClub(calendar, size), clubs, async (all) => {
      await evaluateAnew(db, all, calendar);
      return against(await readTables(db, all.length), (n) => expected(calendar, all[n]!));
    });
  });

  it.each([{ order: [2, 1, 0] }, { order: [1, 0, 2] }, { order: [2, 0] }])(
    "does not depend on the order of the weeks: $order",
    async ({ order }) => {
      await judge(randomClub(UTC), 300, async (all) => {
        await evaluateAnew(db, all, UTC, order);
        return against(await readTables(db, all.length), (n) => expected(UTC, all[n]!, order));
      });
    },
  );

  it("writes no row when a week is evaluated again, forced or not", async () => {
    const clubs = fc.sample(randomClub(SPRING), { seed: SEED, numRuns: 300 });
    await evaluateAnew(db, clubs, SPRING);
    const before = await dump(db);
    for (const week of [0, 2, 1, 0]) {
      await storeUsers(db, clubs, week);
      await evaluateWeek(db, SPRING, week, true);
      const unforced = await fireWeekly(db, NOW, { date: dateIn(SPRING.weeks[week]!) }, { zone: SPRING.zone });
      expect(unforced.main.outcome).toMatchObject({ status: "skipped", reason: "already-processed" });
    }
    expect(await dump(db)).toEqual(before);
  });

  /** The tables after a re-run, and those of a fresh evaluation, beside what the reference makes of the final data. */
  async function againAndAfresh(later: RandomClub[], calendar: Calendar): Promise<Verdict[]> {
    await evaluateAnew(fresh, later, calendar);
    const afresh = await readTables(fresh, later.length);
    const again = await readTables(db, later.length);
    return later.map((club, n) => {
      const right = expected(calendar, club);
      return { actual: { again: again[n], afresh: afresh[n] }, expected: { again: right, afresh: right } };
    });
  }

  it("equals a fresh one after workouts, friendships, goals and members changed and every week is forced", async () => {
    await judge(randomChange(UTC, "everything"), 400, async (all) => {
      const [earlier, later] = [all.map(({ club }) => club), all.map(({ later }) => later)];
      await evaluateAnew(db, earlier, UTC);
      await store(db, later);
      for (const week of UTC.weeks.keys()) await evaluateWeek(db, UTC, week, true);
      return againAndAfresh(later, UTC);
    });
  });

  it.each([{ week: 0 }, { week: 1 }])(
    "follows late changes to week $week in all weeks when only that one is forced",
    async ({ week }) => {
      await judge(randomChange(AUTUMN, AUTUMN.weeks[week]!), 400, async (all) => {
        const [earlier, later] = [all.map(({ club }) => club), all.map(({ later }) => later)];
        await evaluateAnew(db, earlier, AUTUMN);
        await store(db, later, week);
        await evaluateWeek(db, AUTUMN, week, true);
        return againAndAfresh(later, AUTUMN);
      });
    },
  );

  it("takes a week from who went inactive and lets go of lost friends where that week is forced, and nowhere else", async () => {
    await judge(randomChange(UTC, "people"), 400, async (all) => {
      const [earlier, later] = [all.map(({ club }) => club), all.map(({ later }) => later)];
      await evaluateAnew(db, earlier, UTC);
      await store(db, later);
      await evaluateWeek(db, UTC, 1, true);
      return against(await readTables(db, all.length), (n) => {
        const clubIn = (week: number) => (week === 1 ? later[n]! : asOf(earlier[n]!, week));
        const evaluations = UTC.weeks.map((week, index) => ({ week, club: clubIn(index) }));
        return inOrder(evaluate(evaluations, later[n]!));
      });
    });
  });
});
