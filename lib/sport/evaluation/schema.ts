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
import { AWARD_TYPES } from "./award-types.ts";

/** The tables that evaluations derive (docs/domain.md, section 3). A forced re-run writes them again. */

/**
 * The user of a derived row. There is no foreign key, because checking it costs more than writing the row. Instead, an
 * evaluation locks its users against deletion (user-chunks.ts), and an erasure deletes these rows (../erase.ts).
 */
const userOfRow = () => identifier("user_id").notNull();

/** A user's totals of an exercise in a period. */
export interface ExerciseTotal {
  points: number;
  reps?: number;
  seconds?: number;
  km?: number;
}

export const weeklyResults = pgTable(
  "weekly_results",
  {
    userId: userOfRow(),
    weekStart: instant("week_start").notNull(),
    weekEnd: instant("week_end").notNull(),
    totalPoints: numeric("total_points", { precision: 24, scale: 2, mode: "number" }).notNull(),
    totalWorkouts: integer("total_workouts").notNull(),
    /** Number of different exercises. */
    totalExercises: integer("total_exercises").notNull(),
    /** By exercise id. */
    exerciseTotals: jsonb("exercise_totals").$type<Record<string, ExerciseTotal>>().notNull(),
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

/** The rank of each user among their direct friends in a week. */
export const leaderboardResults = pgTable(
  "leaderboard_results",
  {
    weekStart: instant("week_start").notNull(),
    userId: userOfRow(),
    rank: integer("rank").notNull(),
    points: numeric("points", { precision: 24, scale: 2, mode: "number" }).notNull(),
    participants: integer("participants").notNull(),
  },
  (table) => [primaryKey({ columns: [table.weekStart, table.userId] })],
);

export const monthlyResults = pgTable(
  "monthly_results",
  {
    userId: userOfRow(),
    monthStart: instant("month_start").notNull(),
    monthEnd: instant("month_end").notNull(),
    totalPoints: numeric("total_points", { precision: 24, scale: 2, mode: "number" }).notNull(),
    totalWorkouts: integer("total_workouts").notNull(),
    /** Number of different exercises. */
    totalExercises: integer("total_exercises").notNull(),
    /** By exercise id. */
    exerciseTotals: jsonb("exercise_totals").$type<Record<string, ExerciseTotal>>().notNull(),
    /** The amounts that rankings by exercise compare, in the exercise's own measure. */
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
 * The totals of each evaluated period over all users, written when the evaluation is complete. Adding up the results of a
 * million users at each request would take seconds.
 */
export const periodTotals = pgTable(
  "period_totals",
  {
    periodKind: text("period_kind", { enum: ["week", "month"] }).notNull(),
    periodStart: instant("period_start").notNull(),
    periodEnd: instant("period_end").notNull(),
    users: integer("users").notNull(),
    activeUsers: integer("active_users").notNull(),
    points: numeric("points", { precision: 28, scale: 2, mode: "number" }).notNull(),
    workouts: bigint("workouts", { mode: "number" }).notNull(),
    /** Number of users who reached their own goals; null for months, which have no such goals. */
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
 * The standings of a month: the rank of each value that a user in the global rankings has. Written once all results are
 * there, so that the rank of each user is a look-up by key.
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

/** A user's ranks in a month: globally (null if the user does not take part) and among their direct friends. */
export const monthlyRankings = pgTable(
  "monthly_rankings",
  {
    monthStart: instant("month_start").notNull(),
    userId: userOfRow(),
    globalPoints: integer("global_points"),
    globalPullups: integer("global_pullups"),
    globalPushups: integer("global_pushups"),
    globalSitups: integer("global_situps"),
    friendsPoints: integer("friends_points").notNull(),
    friendsPullups: integer("friends_pullups").notNull(),
    friendsPushups: integer("friends_pushups").notNull(),
    friendsSitups: integer("friends_situps").notNull(),
    /** The user and those of their friends who have a result. */
    friendsParticipants: integer("friends_participants").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.monthStart, table.userId] }),
    // Rankings list the first 100 at most (results/ranking-page.ts).
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

/** All badges there are. `level` says how often the goal must be reached, or for lifetime badges the total amount. */
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
    userId: userOfRow(),
    slug: text("slug").notNull(),
    level: integer("level").notNull(),
    /** The period in which the user earned it. */
    periodKind: text("period_kind", { enum: ["week", "month"] }).notNull(),
    periodStart: instant("period_start").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.slug, table.level] }),
    // The overview counts the new badges of a week.
    index("user_badges_period").on(table.periodStart, table.periodKind),
  ],
);

export const awards = pgTable(
  "awards",
  {
    userId: userOfRow(),
    type: text("type", { enum: AWARD_TYPES }).notNull(),
    /** The monthly rank awards share a category; any other type is its own category. */
    category: text("category").generatedAlwaysAs(
      sql`case when type like 'monthly-rank-%' then 'category-rank-award' else type end`,
    ),
    periodKind: text("period_kind", { enum: ["week", "month"] }).notNull(),
    periodStart: instant("period_start").notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.type, table.periodStart] })],
);

/** One for each new badge and award, for the frontend. */
export const notifications = pgTable(
  "notifications",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    userId: userOfRow(),
    kind: text("kind").notNull(),
    /** The badge's slug or the award's type. */
    slug: text("slug").notNull(),
    /** The badge's level; 0 for an award. */
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
