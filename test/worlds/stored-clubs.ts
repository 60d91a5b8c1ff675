import { sql } from "drizzle-orm";
import { type Db, json, rows, transact } from "../../lib/db/db.ts";
import {
  awards,
  leaderboardResults,
  monthlyRankings,
  monthlyResults,
  monthlyStandings,
  notifications,
  userBadges,
  weeklyResults,
} from "../../lib/sport/evaluation/schema.ts";
import { type ActivityItem, type StoredActivity, scoreActivity } from "../../lib/sport/training/activity.ts";
import { loadExercises } from "../../lib/sport/training/exercise-catalog.ts";
import { removeWorkouts, writeWorkouts } from "../../lib/sport/training/workout-store.ts";
import type { Tables } from "../support/sport/reference.ts";
import { asOf, type RandomClub } from "./random-clubs.ts";

/* Many clubs in one database: each user id contains the number of its club. */

const idIn = (club: number, id: string): string => `c${String(club).padStart(4, "0")}:${id}`;

/** Changes the users, friendships and workouts of a database to those of the clubs, as the endpoints would. */
export async function store(db: Db, clubs: RandomClub[], span?: number): Promise<void> {
  await storeUsers(db, clubs, span);
  const pairs = clubs.flatMap(({ friendships }, n) =>
    friendships.map(({ a, b, status }) => [...[idIn(n, a), idIn(n, b)].sort(), status]),
  );
  await db.execute(sql`delete from friendships`);
  await db.execute(sql`insert into friendships (user_a, user_b, status)
    select pair->>0, pair->>1, pair->>2 from jsonb_array_elements(${json(pairs)}) as pair`);
  const exercises = await loadExercises(db);
  const stored = clubs.flatMap(({ users, workouts }, n) =>
    workouts.map(({ id, userId, start, activities }) => {
      const body = users.find((user) => user.id === userId)!.bodyWeightKg;
      const scored = activities.map((item): StoredActivity => {
        const result = scoreActivity(item as ActivityItem, exercises.get(item.exerciseId), body, "activities");
        if ("code" in result) throw new Error(`${result.field}: expected ${result.expected}, got ${result.got}`);
        return result;
      });
      const fingerprint = JSON.stringify([start, activities]);
      return { id, userId: idIn(n, userId), startTime: new Date(start), activities: scored, fingerprint };
    }),
  );
  const keep = new Set(stored.map(({ userId, id }) => `${userId} ${id}`));
  const existing = await rows<{ userId: string; id: string }>(
    db,
    sql`select user_id as "userId", client_id as id from workouts`,
  );
  const removed = existing.filter(({ userId, id }) => !keep.has(`${userId} ${id}`));
  await transact(db, (tx) => removeWorkouts(tx, removed));
  await transact(db, (tx) => writeWorkouts(tx, stored));
}

/** Stores users as they are in the end, or as they are at the evaluation of a span. */
export async function storeUsers(db: Db, clubs: RandomClub[], span?: number): Promise<void> {
  const users = clubs.flatMap((club, n) =>
    (span === undefined ? club : asOf(club, span)).users.map((user) => ({ ...user, id: idIn(n, user.id) })),
  );
  await db.execute(sql`insert into users (id, preferences, weekly_goals, body_weight_kg, is_active,
      show_in_global_rankings)
    select id, preferences, "weeklyGoals", "bodyWeightKg", active, not hidden from jsonb_to_recordset(${json(users)}) as item
      (id text, preferences jsonb, "weeklyGoals" jsonb, "bodyWeightKg" numeric, active boolean, hidden boolean)
    on conflict (id) do update set preferences = excluded.preferences, weekly_goals = excluded.weekly_goals,
      is_active = excluded.is_active, show_in_global_rankings = excluded.show_in_global_rankings`);
}

/** All derived rows by club, in a fixed order, without generated ids and the times of notifications. */
export async function readTables(db: Db, clubs: number): Promise<Tables[]> {
  const tables = Array.from({ length: clubs }, nothing);
  const addRows = (name: keyof Tables, found: { userId: string }[]) => {
    for (const row of found) {
      const [club, userId] = row.userId.split(":") as [string, string];
      tables[Number(club.slice(1))]![name].push({ ...row, userId });
    }
  };
  addRows("weeklyResults", await db.select().from(weeklyResults));
  addRows("leaderboardResults", await db.select().from(leaderboardResults));
  addRows("monthlyResults", await db.select().from(monthlyResults));
  addRows("monthlyRankings", await db.select().from(monthlyRankings));
  addRows("userBadges", await db.select().from(userBadges));
  addRows("awards", await db.select().from(awards));
  const { userId, kind, slug, level, periodStart } = notifications;
  addRows("notifications", await db.select({ userId, kind, slug, level, periodStart }).from(notifications));
  tables[0]!.monthlyStandings = await db.select().from(monthlyStandings);
  return tables.map(inOrder);
}

const nothing = (): Tables => ({
  weeklyResults: [],
  leaderboardResults: [],
  monthlyResults: [],
  monthlyRankings: [],
  monthlyStandings: [],
  userBadges: [],
  awards: [],
  notifications: [],
});

/** The tables with their rows in a fixed order. */
export function inOrder(tables: Tables): Tables {
  const key = (row: object): string => {
    const { userId, weekStart, monthStart, periodStart, ...rest } = row as Record<string, unknown>;
    const { kind, slug, type, level, category, value } = rest;
    return JSON.stringify([userId, weekStart ?? monthStart ?? periodStart, kind, slug ?? type, level, category, value]);
  };
  const sorted = (rows: object[]) => {
    const keyed = rows.map((row) => ({ row, key: key(row) })); // once for each row, not at each comparison
    return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ row }) => row);
  };
  return Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, sorted(rows)])) as Tables;
}

const NAMES = [
  "weekly_results",
  "leaderboard_results",
  "monthly_results",
  "monthly_rankings",
  "monthly_standings",
  "user_badges",
  "awards",
  "notifications",
];

/** All rows of the derived tables as they are stored: with ids, times, and the transaction that wrote each row. */
export function dumpAsWritten(db: Db): Promise<unknown[]> {
  return Promise.all(
    NAMES.map((name) => rows(db, sql.raw(`select xmin::text as written_by, ${name}.* from ${name} order by ctid`))),
  );
}
