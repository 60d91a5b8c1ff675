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
import { type Activity, type Club, evaluate, type Tables, type User, type Week, type Workout } from "./reference.ts";

configure({});

const SEED = 20_260_209;
/** Long after every week below: none is the newest, so that no mail is written. */
const NOW = "2027-06-01T00:00:00Z";

interface Calendar {
  zone: string;
  weeks: Week[];
}

/** Weeks between written-out boundaries, so that nothing here depends on the code that computes them. */
function calendar(zone: string, ...boundaries: string[]): Calendar {
  const instants = boundaries.map((boundary) => Date.parse(boundary));
  return { zone, weeks: instants.slice(1).map((end, index) => ({ start: instants[index]!, end })) };
}

const UTC = calendar("UTC", "2026-01-05T00:00Z", "2026-01-12T00:00Z", "2026-01-19T00:00Z", "2026-01-26T00:00Z");
const SPRING = calendar(
  "Europe/Berlin",
  "2026-03-15T23:00Z",
  "2026-03-22T23:00Z",
  "2026-03-29T22:00Z",
  "2026-04-05T22:00Z",
);
const AUTUMN = calendar(
  "America/New_York",
  "2026-10-19T04:00Z",
  "2026-10-26T04:00Z",
  "2026-11-02T05:00Z",
  "2026-11-09T05:00Z",
);
const DAY = 86_400_000;
const ELEVEN_WEEKS = calendar(
  "Asia/Kathmandu",
  ...Array.from({ length: 12 }, (_, n) => new Date(Date.parse("2026-02-01T18:15Z") + 7 * n * DAY).toISOString()),
);

/* Random clubs: few and small values, so that many are equal or just at a limit. */

const count = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(0, 1, 2, 3, 5, 10) },
  { weight: 2, arbitrary: fc.constantFrom(25, 49, 50, 99, 100, 250, 499, 500) },
  { weight: 1, arbitrary: fc.constantFrom(1000, 1499, 1500) },
);
const tenths = (max: number) => fc.integer({ min: 1, max: max * 10 }).map((value) => value / 10);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const extraKg = maybe(fc.constantFrom(-60, -12.5, -5, 0, 2.5, 7, 10, 16, 40));

const amounts: fc.Arbitrary<{ exerciseId: string; unit?: string; quantity: fc.Arbitrary<number> }> = fc.oneof(
  ...["pushups", "pushups", "pullups", "situps"].flatMap((exerciseId) => [
    fc.constant({ exerciseId, quantity: count }),
    fc.constant({ exerciseId, unit: "reps", quantity: count }),
  ]),
  ...["plank", "yoga"].flatMap((exerciseId) => [
    fc.constant({ exerciseId, unit: "s", quantity: count }),
    fc.constant({ exerciseId, unit: "min", quantity: tenths(60) }),
  ]),
  fc.constant({ exerciseId: "yoga", unit: "h", quantity: tenths(3) }),
  ...["running", "cycling"].flatMap((exerciseId) => [
    fc.constant({ exerciseId, unit: "km", quantity: fc.oneof(count, tenths(20), fc.constant(149.999)) }),
    fc.constant({ exerciseId, unit: "m", quantity: fc.oneof(count, tenths(20)) }),
    fc.constant({ exerciseId, unit: "mi", quantity: tenths(12) }),
  ]),
);
const activity: fc.Arbitrary<Activity> = fc.oneof(
  amounts.chain(({ quantity, ...rest }) =>
    fc.record({ quantity, weightKg: extraKg }).map((amount) => ({ ...rest, ...amount })),
  ),
  amounts.chain(({ quantity, ...rest }) =>
    fc
      .record({
        sets: fc.array(fc.record({ quantity, weightKg: extraKg }), { minLength: 1, maxLength: 4 }),
        weightKg: extraKg,
      })
      .map((amount) => ({ ...rest, ...amount })),
  ),
  fc.record({ exerciseId: fc.constant("pushups"), reps: count, durationSeconds: maybe(count) }),
  fc.record({ exerciseId: fc.constant("yoga"), durationSeconds: count, weightKg: extraKg }),
  fc.record({ exerciseId: fc.constant("running"), distanceKm: tenths(20), reps: maybe(count) }),
);

const goal = fc.record({
  exerciseId: fc.constantFrom("pushups", "situps", "running", "yoga", "swimming", "nothing"),
  target: fc.constantFrom(0.5, 1, 2, 3, 5, 10, 12.5),
  unit: fc.constantFrom("reps", "time", "distance", "laps"),
});
const fitting = fc.constantFrom(
  { exerciseId: "pushups", target: 1, unit: "reps" },
  { exerciseId: "pushups", target: 10, unit: "reps" },
  { exerciseId: "running", target: 3, unit: "distance" },
  { exerciseId: "running", target: 0.1, unit: "distance" },
  { exerciseId: "yoga", target: 5, unit: "time" },
);
const target = fc.constantFrom(1, 2, 5, 10, 10.5, 50, 100, 500, 1500);
const weeklyGoals: fc.Arbitrary<unknown> = fc.oneof(
  fc.constant({}),
  fc.record({ points: fc.record({ target }) }),
  fc.record({ points: fc.record({ target }), exercises: fc.array(fitting, { minLength: 1, maxLength: 2 }) }),
  fc.record({ exercises: fc.array(fc.oneof(goal, fitting), { maxLength: 3 }) }),
  fc.constantFrom<unknown>([], "none", 7, { points: 5 }, { points: { target: "5" } }, { points: [], exercises: {} }),
  fc.constantFrom({ exercises: [null] }, { exercises: [3, "x"] }, { exercises: [{ exerciseId: "pushups" }] }),
  fc.constant({ exercises: [{ exerciseId: "pushups", target: "1", unit: "reps" }] }),
);
const preferences: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  {},
  { distanceUnit: "mi" },
  { distanceUnit: "miles" },
  { distanceUnit: "km" },
  { distanceUnit: 5, notifications: "off" },
  [],
  "mi",
);
const STATUS = [undefined, "accepted", "accepted", "accepted", "pending", "blocked"] as const;
/** Upper and lower case, for an order of ids that differs between locales. */
const IDS = ["a", "B", "_c", "D~", "e.", "F", "g", "Ha"];

/** A club, whose users may be inactive in some of the weeks. */
interface RandomClub extends Club {
  activeIn: boolean[][];
}

const seven = { minLength: 7, maxLength: 7 };
const when = fc.record({
  week: fc.nat(),
  offset: fc.oneof(
    fc.constantFrom(-1, 0, 1, -1000, 3_600_000),
    fc.integer({ min: 0, max: 6 }).map((days) => days * DAY + DAY / 2),
  ),
});
const workout = fc.record({ who: fc.nat(7), when, activities: fc.array(activity, { minLength: 1, maxLength: 3 }) });

function randomClub({ weeks }: Calendar, { members = 8, perWeek = 8 } = {}): fc.Arbitrary<RandomClub> {
  const active = fc.oneof(
    { weight: 8, arbitrary: fc.constant(weeks.map(() => true)) },
    { weight: 1, arbitrary: fc.constant(weeks.map(() => false)) },
    { weight: 2, arbitrary: fc.array(fc.boolean(), { minLength: weeks.length, maxLength: weeks.length }) },
  );
  const bodyWeightKg = maybe(fc.constantFrom(50, 64, 72.5, 80, 93.75));
  const user = fc.record({ active, bodyWeightKg, preferences, weeklyGoals });
  return fc
    .record({
      users: fc.array(user, { minLength: 1, maxLength: members, size: "max" }),
      links: fc.array(fc.array(fc.constantFrom(...STATUS), seven), seven),
      workouts: fc.array(workout, { maxLength: perWeek * weeks.length, size: "max" }),
    })
    .map(({ users, links, workouts }) => {
      const members = users.map((user, n): User => ({ ...user, id: IDS[n]!, active: user.active.at(-1)! }));
      const friendships = members.flatMap(({ id: a }, i) =>
        members.slice(i + 1).flatMap(({ id: b }, j) => {
          const status = links[i]![j];
          return status === undefined ? [] : [{ a, b, status }];
        }),
      );
      const done = workouts.map(({ who, when, activities }, n): Workout => {
        const userId = members[who % members.length]!.id;
        // One more than there are weeks: also the week after the last one, and, by a negative offset, before the first.
        const week = when.week % (weeks.length + 1);
        const start = (weeks[week]?.start ?? weeks.at(-1)!.end) + when.offset;
        return { id: `w${n}`, userId, start, activities };
      });
      return { users: members, friendships, workouts: done, activeIn: users.map((user) => user.active) };
    });
}

/** The club as it was when a week was evaluated. */
const asOf = (club: RandomClub, week: number): Club => ({
  ...club,
  users: club.users.map((user, n) => ({ ...user, active: club.activeIn[n]![week]! })),
});

interface Change {
  club: RandomClub;
  later: RandomClub;
}

/** A club, and what became of it: of its workouts within one week, of its people, or of everything. */
function randomChange(calendar: Calendar, what: "everything" | "people" | Week): fc.Arbitrary<Change> {
  const fate = fc.constantFrom("keep", "keep", "drop", "replace", "add");
  const fates = fc.array(fate, { minLength: 16, maxLength: 16 });
  return fc.record({ club: randomClub(calendar), other: randomClub(calendar), fates }).map(({ club, other, fates }) => {
    const later = { ...club };
    if (what === "everything" || what === "people") {
      later.users = club.users.map((user, n) => ({ ...user, ...goalsAndActivity(other.users[n] ?? user) }));
      later.activeIn = later.users.map(({ active }) => calendar.weeks.map(() => active));
      later.friendships = other.friendships.filter(({ b }) => club.users.some(({ id }) => id === b));
    }
    if (what !== "people") {
      const week = what === "everything" ? { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY } : what;
      later.workouts = changed(club, other.workouts, fates, week);
    }
    return { club, later };
  });
}

const goalsAndActivity = ({ weeklyGoals, preferences, active }: User) => ({ weeklyGoals, preferences, active });

function changed({ users, workouts }: Club, others: Workout[], fates: string[], { start, end }: Week): Workout[] {
  const open = (one: Workout | undefined): one is Workout => one !== undefined && one.start >= start && one.start < end;
  const fateOf = (index: number) => fates[index % fates.length];
  const kept = workouts.flatMap((workout, index) => {
    const other = others[index];
    if (!open(workout)) return [workout];
    if (fateOf(index) === "drop") return [];
    return fateOf(index) === "replace" && open(other)
      ? [{ ...other, id: workout.id, userId: workout.userId }]
      : [workout];
  });
  const added = others.filter((other, index) => open(other) && fateOf(index) === "add");
  const mine = (index: number) => users[index % users.length]!.id;
  return [...kept, ...added.map((other, index) => ({ ...other, id: `late-${other.id}`, userId: mine(index) }))];
}

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
