import { sql } from "drizzle-orm";
import { bigint, check, index, integer, jsonb, numeric, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { identifier, instant } from "../../db/columns.ts";
import { users } from "../../users/schema.ts";
import { MEASURES } from "./points.ts";

/** The input of the evaluations (docs/domain.md, section 3); evaluation/schema.ts has the tables that follow from it. */

const ofUser = (name = "user_id") =>
  identifier(name)
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });

export const FRIENDSHIP_STATUSES = ["pending", "accepted", "blocked"] as const;

/** Whether an exercise's points follow from its difficulty tier or were set. */
export const POINTS_SOURCES = ["auto", "manual"] as const;

/** An unordered pair, stored once, with the smaller id first. */
export const friendships = pgTable(
  "friendships",
  {
    userA: ofUser("user_a"),
    userB: ofUser("user_b"),
    status: text("status", { enum: FRIENDSHIP_STATUSES }).notNull().default("accepted"),
  },
  (table) => [
    primaryKey({ columns: [table.userA, table.userB] }),
    index("friendships_user_b").on(table.userB),
    check("friendships_order", sql`${table.userA} < ${table.userB}`),
    check("friendships_status", sql`${table.status} in ('pending', 'accepted', 'blocked')`),
  ],
);

export const exercises = pgTable(
  "exercises",
  {
    id: identifier("id").primaryKey(),
    nameDe: text("name_de").notNull(),
    nameEn: text("name_en").notNull(),
    measurementType: text("measurement_type", { enum: MEASURES }).notNull(),
    /** Per repetition, second or kilometre. */
    pointsPerUnit: numeric("points_per_unit", { precision: 28, scale: 18, mode: "number" }).notNull(),
    pointsSource: text("points_source", { enum: POINTS_SOURCES }).notNull().default("auto"),
    difficultyTier: integer("difficulty_tier").notNull(),
  },
  (table) => [
    check("exercises_measurement_type", sql`${table.measurementType} in ('reps', 'time', 'distance')`),
    check("exercises_points_source", sql`${table.pointsSource} in ('auto', 'manual')`),
    check("exercises_difficulty_tier", sql`${table.difficultyTier} between 1 and 10`),
  ],
);

export const workouts = pgTable(
  "workouts",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    userId: ofUser(),
    /** Chosen by the client: posting the same id again means the same workout. */
    clientId: identifier("client_id").notNull(),
    startTime: instant("start_time").notNull(),
    /** Hash of the posted content, to recognise a repeated request that changes nothing. */
    fingerprint: text("fingerprint").notNull(),
  },
  (table) => [
    unique("workouts_client_id").on(table.userId, table.clientId),
    index("workouts_user_start").on(table.userId, table.startTime),
  ],
);

/** The activities of a workout. User and start time are copied from it, so that one index finds those of a period. */
export const workoutActivities = pgTable(
  "workout_activities",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    workoutId: bigint("workout_id", { mode: "number" })
      .notNull()
      .references(() => workouts.id, { onDelete: "cascade" }),
    userId: identifier("user_id").notNull(),
    startTime: instant("start_time").notNull(),
    exerciseId: identifier("exercise_id")
      .notNull()
      .references(() => exercises.id),
    quantity: numeric("quantity", { precision: 24, scale: 9, mode: "number" }),
    unit: text("unit"),
    sets: jsonb("sets"),
    weightKg: numeric("weight_kg", { precision: 6, scale: 2, mode: "number" }),
    reps: numeric("reps", { precision: 24, scale: 9, mode: "number" }),
    durationSeconds: numeric("duration_seconds", { precision: 24, scale: 9, mode: "number" }),
    distanceKm: numeric("distance_km", { precision: 24, scale: 9, mode: "number" }),
    pointsEarned: numeric("points_earned", { precision: 12, scale: 2, mode: "number" }).notNull(),
  },
  (table) => [
    index("workout_activities_workout").on(table.workoutId),
    index("workout_activities_user_start").on(table.userId, table.startTime),
    index("workout_activities_exercise").on(table.exerciseId),
  ],
);
