import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { identifier, instant } from "../../db/columns.ts";
import { exercises } from "../training/schema.ts";

/** What the evaluations derive (domain, section 3); a forced re-run makes it anew. */

/**
 * Whose derived row it is. No foreign key: its check costs more than the row itself where an evaluation writes millions.
 * Instead an evaluation locks its users against deletion (chunks.ts), and erasure empties these tables (erase.ts).
 */
const derivedFor = () => identifier("user_id").notNull();

export const weeklyResults = pgTable(
  "weekly_results",
  {
    userId: derivedFor(),
    weekStart: instant("week_start").notNull(),
    weekEnd: instant("week_end").notNull(),
    totalPoints: numeric("total_points", { precision: 24, scale: 2, mode: "number" }).notNull(),
    totalWorkouts: integer("total_workouts").notNull(),
    /** How many different exercises. */
    totalExercises: integer("total_exercises").notNull(),
    /** Exercise id -> `{points, reps?, seconds?, km?}`. */
    exerciseTotals: jsonb("exercise_totals").notNull(),
    pointsTarget: numeric("points_target", { precision: 24, scale: 2, mode: "number" }).notNull(),
    challengeTarget: numeric("challenge_target", { precision: 24, scale: 2, mode: "number" }).notNull(),
    goalExercisesMet: boolean("goal_exercises_met").notNull(),
    goalPointsMet: boolean("goal_points_met").notNull(),
    goalChallengeMet: boolean("goal_challenge_met").notNull(),
    badgesAwarded: integer("badges_awarded").notNull().default(0),
    awardsAwarded: integer("awards_awarded").notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.userId, table.weekStart] })],
);

/** Where a user stands among their direct friends in a week. */
export const leaderboardResults = pgTable(
  "leaderboard_results",
  {
    weekStart: instant("week_start").notNull(),
    userId: derivedFor(),
    rank: integer("rank").notNull(),
    points: numeric("points", { precision: 24, scale: 2, mode: "number" }).notNull(),
    participants: integer("participants").notNull(),
  },
  (table) => [primaryKey({ columns: [table.weekStart, table.userId] })],
);

export const monthlyResults = pgTable(
  "monthly_results",
  {
    userId: derivedFor(),
    monthStart: instant("month_start").notNull(),
    monthEnd: instant("month_end").notNull(),
    totalPoints: numeric("total_points", { precision: 24, scale: 2, mode: "number" }).notNull(),
    totalWorkouts: integer("total_workouts").notNull(),
    /** How many different exercises. */
    totalExercises: integer("total_exercises").notNull(),
    /** Exercise id -> `{points, reps?, seconds?, km?}`. */
    exerciseTotals: jsonb("exercise_totals").notNull(),
    /** What the activity rankings compare: the exercise's own measure. */
    pullups: numeric("pullups", { precision: 24, scale: 9, mode: "number" }).notNull(),
    pushups: numeric("pushups", { precision: 24, scale: 9, mode: "number" }).notNull(),
    situps: numeric("situps", { precision: 24, scale: 9, mode: "number" }).notNull(),
    challengeTarget: numeric("challenge_target", { precision: 24, scale: 2, mode: "number" }).notNull(),
    challengeMet: boolean("challenge_met").notNull(),
    badgesAwarded: integer("badges_awarded").notNull().default(0),
    awardsAwarded: integer("awards_awarded").notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.userId, table.monthStart] })],
);

/**
 * What a period's results come to, for who looks at all of them: to add up those of every user takes seconds. Made from
 * what an evaluation derives, when it has done so for everybody; names nobody.
 */
export const periodTotals = pgTable(
  "period_totals",
  {
    periodKind: text("period_kind").notNull(),
    periodStart: instant("period_start").notNull(),
    periodEnd: instant("period_end").notNull(),
    users: integer("users").notNull(),
    activeUsers: integer("active_users").notNull(),
    points: numeric("points", { precision: 28, scale: 2, mode: "number" }).notNull(),
    workouts: bigint("workouts", { mode: "number" }).notNull(),
    /** Users who met their own goals; null for months, which have none. */
    pointsGoalMet: integer("points_goal_met"),
    exerciseGoalMet: integer("exercise_goal_met"),
    challengeMet: integer("challenge_met").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.periodKind, table.periodStart] }),
    check("period_totals_kind", sql`${table.periodKind} in ('week', 'month')`),
  ],
);

/**
 * The global order of a month: the rank of every value that somebody in the global rankings has. Made once when all
 * results are there, so that the rank of each of a million users is one look-up.
 */
export const monthlyStandings = pgTable(
  "monthly_standings",
  {
    monthStart: instant("month_start").notNull(),
    category: text("category").notNull(),
    value: numeric("value", { precision: 24, scale: 9, mode: "number" }).notNull(),
    rank: integer("rank").notNull(),
    participants: integer("participants").notNull(),
  },
  (table) => [primaryKey({ columns: [table.monthStart, table.category, table.value] })],
);

/** A user's ranks of a month: globally (null where they take no part) and among their direct friends. */
export const monthlyRankings = pgTable(
  "monthly_rankings",
  {
    monthStart: instant("month_start").notNull(),
    userId: derivedFor(),
    globalPoints: integer("global_points"),
    globalPullups: integer("global_pullups"),
    globalPushups: integer("global_pushups"),
    globalSitups: integer("global_situps"),
    friendsPoints: integer("friends_points").notNull(),
    friendsPullups: integer("friends_pullups").notNull(),
    friendsPushups: integer("friends_pushups").notNull(),
    friendsSitups: integer("friends_situps").notNull(),
    /** The user and their friends who have a result. */
    friendsParticipants: integer("friends_participants").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.monthStart, table.userId] }),
    // Only the top is ever listed, so only the top is indexed.
    index("monthly_rankings_top_points")
      .on(table.monthStart, table.globalPoints)
      .where(sql`${table.globalPoints} <= 100`),
    index("monthly_rankings_top_pullups")
      .on(table.monthStart, table.globalPullups)
      .where(sql`${table.globalPullups} <= 100`),
    index("monthly_rankings_top_pushups")
      .on(table.monthStart, table.globalPushups)
      .where(sql`${table.globalPushups} <= 100`),
    index("monthly_rankings_top_situps")
      .on(table.monthStart, table.globalSitups)
      .where(sql`${table.globalSitups} <= 100`),
  ],
);

/** The badge catalogue: `level` is the n-th time for counted badges, the lifetime total for the others. */
export const badges = pgTable(
  "badges",
  {
    slug: text("slug").notNull(),
    level: integer("level").notNull(),
    kind: text("kind").notNull(),
    exerciseId: identifier("exercise_id").references(() => exercises.id),
  },
  (table) => [
    primaryKey({ columns: [table.slug, table.level] }),
    check("badges_kind", sql`${table.kind} in ('weekly', 'monthly', 'lifetime')`),
  ],
);

export const userBadges = pgTable(
  "user_badges",
  {
    userId: derivedFor(),
    slug: text("slug").notNull(),
    level: integer("level").notNull(),
    /** Which period earned it. */
    periodKind: text("period_kind").notNull(),
    periodStart: instant("period_start").notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.slug, table.level] })],
);

export const awards = pgTable(
  "awards",
  {
    userId: derivedFor(),
    type: text("type").notNull(),
    /** What kind of award it is: the monthly rank awards are one kind, every other type its own. */
    category: text("category").generatedAlwaysAs(
      sql`case when type like 'monthly-rank-%' then 'category-rank-award' else type end`,
    ),
    periodKind: text("period_kind").notNull(),
    periodStart: instant("period_start").notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.type, table.periodStart] })],
);

/** For the frontend: one for each badge and award. */
export const notifications = pgTable(
  "notifications",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    userId: derivedFor(),
    kind: text("kind").notNull(),
    /** Badge slug or award type. */
    slug: text("slug").notNull(),
    /** Badge level; 0 for an award. */
    level: integer("level").notNull(),
    periodStart: instant("period_start").notNull(),
    createdAt: instant("created_at").notNull(),
    readAt: instant("read_at"),
  },
  (table) => [
    unique("notifications_subject").on(table.userId, table.kind, table.slug, table.level, table.periodStart),
    check("notifications_kind", sql`${table.kind} in ('badge', 'award')`),
  ],
);
