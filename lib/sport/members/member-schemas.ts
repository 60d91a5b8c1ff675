import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { periodStart, userId, userName } from "../results/result-schemas.ts";
import { MEASURES } from "../training/points.ts";

/** What operators read of each member. */
const member = {
  id: userId,
  name: userName,
  firstName: z.string().nullable(),
  email: z.string().nullable().meta({ description: "Null if the platform stores none." }),
  language: z.string().meta({ description: "The language of mails." }),
  active: z.boolean().meta({ description: "Whether the member is evaluated." }),
  mailsOptedOut: z.boolean().meta({ description: "Whether the member opted out of summary mails." }),
  showInGlobalRankings: z.boolean(),
};

/** The columns of `member`. @param table The name of the table or query of users. */
export const memberFields = (table: SQL): SQL =>
  sql`${table}.id, coalesce(nickname, first_name) as name, first_name as "firstName", email, language, is_active as active,
    preferences @> '{"notifications": {"email": false}}' as "mailsOptedOut",
    show_in_global_rankings as "showInGlobalRankings"`;

export const memberItem = z
  .object({
    ...member,
    lastWeek: z
      .object({ points: z.number(), workouts: z.int() })
      .nullable()
      .meta({ description: "The result of the newest evaluated week; null if the member has none." }),
  })
  .meta({ id: "MemberItem", description: "A member in the list." });

const memberWeek = z
  .object({
    weekStart: periodStart,
    points: z.number(),
    workouts: z.int(),
    pointsTarget: z.number().meta({ description: "The points goal in force at the week's end." }),
    goalPointsMet: z.boolean(),
    goalExercisesMet: z.boolean(),
    challengeMet: z.boolean(),
    friendsRank: z.int().nullable().meta({ description: "The rank among friends; null if it was not evaluated." }),
    participants: z.int().nullable().meta({ description: "The member and those friends who have a result." }),
  })
  .meta({ id: "MemberWeek", description: "A member's result of a week." });

const memberMonth = z
  .object({
    monthStart: periodStart,
    points: z.number(),
    workouts: z.int(),
    challengeTarget: z.number(),
    challengeMet: z.boolean(),
    globalRank: z.int().nullable().meta({ description: "Null if the member takes no part in the global rankings." }),
    friendsRank: z.int().nullable().meta({ description: "Null until the ranks of the month are evaluated." }),
    participants: z.int().nullable().meta({ description: "The member and those friends who have a result." }),
  })
  .meta({ id: "MemberMonth", description: "A member's result of a month." });

export const exerciseGoal = z
  .object({
    exerciseId: z.string(),
    target: z.number().meta({ description: "Repetitions, minutes, or a distance in the member's unit." }),
    unit: z.enum(MEASURES),
  })
  .meta({ id: "MemberExerciseGoal", description: "The amount of an exercise that a member wants to do in a week." });

export const memberDetails = z
  .object({
    ...member,
    timezone: z.string().meta({ description: "The zone in which weeks and months begin." }),
    weeks: z.array(memberWeek).meta({ description: "The newest evaluated weeks, oldest first." }),
    months: z.array(memberMonth).meta({ description: "The newest evaluated months, oldest first." }),
    goals: z
      .object({
        points: z.number().nullable().meta({ description: "Null: the default for all members." }),
        exercises: z.array(exerciseGoal),
      })
      .meta({ description: "The weekly goals in force now." }),
    friends: z
      .array(
        z.object({ id: userId, name: userName }).meta({ id: "MemberFriend", description: "A friend of a member." }),
      )
      .meta({ description: "Accepted friends by name, at most 100." }),
    badges: z.int().meta({ description: "How many badges the member has." }),
    awards: z.int().meta({ description: "How many awards the member has." }),
  })
  .meta({ id: "MemberDetails", description: "A member with results, goals and friends." });
