import { sql } from "drizzle-orm";
import { boolean, index, jsonb, numeric, pgTable, text } from "drizzle-orm/pg-core";
import { identifier } from "../db/columns.ts";

/** The fields of the platform's users that Taktwerk needs. Accounts and sign-in belong to the platform. */
export const users = pgTable(
  "users",
  {
    id: identifier("id").primaryKey(),
    email: text("email"),
    firstName: text("first_name"),
    nickname: text("nickname"),
    language: text("language").notNull().default("de"),
    preferences: jsonb("preferences").notNull().default({}),
    weeklyGoals: jsonb("weekly_goals").notNull().default({}),
    showInGlobalRankings: boolean("show_in_global_rankings").notNull().default(true),
    bodyWeightKg: numeric("body_weight_kg", { precision: 6, scale: 2, mode: "number" }),
    isActive: boolean("is_active").notNull().default(true),
  },
  // Operators list members by name (lib/sport/members/list-members.ts).
  (table) => [
    index("users_name").on(
      sql`lower(coalesce(${table.nickname}, ${table.firstName}, ${table.id})) collate "C"`,
      table.id,
    ),
  ],
);
