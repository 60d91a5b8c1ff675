import * as z from "zod";
import { sentInstant } from "../../http/responses/fields.ts";
import { AWARD_TYPES } from "../evaluation/award-types.ts";

/** What clients read of evaluated periods. Points have at most two decimals. */

export const periodKind = z.enum(["week", "month"]);
export const periodStart = sentInstant.meta({ description: "The first instant of the period." });
const periodEnd = sentInstant.meta({ description: "The last millisecond of the period." });

export const week = { weekStart: periodStart, weekEnd: periodEnd };
export const month = { monthStart: periodStart, monthEnd: periodEnd };
export const span = z
  .object({ start: periodStart, end: periodEnd })
  .meta({ id: "EvaluatedPeriod", description: "A week or month that has been evaluated." });

export const userId = z.string();
export const userName = z
  .string()
  .nullable()
  .meta({ description: "The nickname, otherwise the first name; null if the user has neither." });
export const rank = z.int().meta({ description: "Equal values share a rank: 1, 2, 2, 4." });

/** A badge. Its level is part of what identifies it. */
export const badgeFields = {
  slug: z.string().meta({
    description:
      "`weekly-goal-exercises`, `weekly-goal-points`, `weekly-challenge-points`, `monthly-challenge-points`, or `lifetime-` and the id of an exercise.",
    examples: ["weekly-goal-points"],
  }),
  level: z.int().meta({
    description:
      "How often the goal was reached. For lifetime badges, the total in repetitions, seconds or kilometres.",
  }),
};
export const awardFields = {
  type: z.enum(AWARD_TYPES).meta({ id: "AwardType", description: "What an award is for." }),
};

const exerciseTotal = z
  .object({
    points: z.number(),
    reps: z.number().optional(),
    seconds: z.number().optional(),
    km: z.number().optional(),
  })
  .meta({
    id: "ExerciseTotal",
    description: "The sums of an exercise. Only what was stored with its activities is there.",
  });

const totals = {
  userId,
  totalPoints: z.number(),
  totalWorkouts: z.int(),
  totalExercises: z.int().meta({ description: "The number of different exercises." }),
  exerciseTotals: z.record(z.string(), exerciseTotal).meta({
    description: "By the exercise's id.",
    examples: [{ pullups: { points: 480, reps: 300 } }],
  }),
  challengeTarget: z.number().meta({ description: "The points that the challenge of all users asked for." }),
  badgesAwarded: z.int().meta({ description: "The number of badges that the user earned in the period." }),
  awardsAwarded: z.int(),
  badges: z.array(z.object(badgeFields).meta({ id: "Badge", description: "A badge of a user, with its level." })),
  awards: z.array(z.object(awardFields).meta({ id: "Award", description: "An award of a user." })),
};

const weeklyResult = z
  .object({
    periodKind: z.literal("week"),
    ...week,
    ...totals,
    pointsTarget: z.number().meta({ description: "The user's own goal, or the default for all users." }),
    goalExercisesMet: z.boolean().meta({ description: "Whether the user had exercise goals and reached all of them." }),
    goalPointsMet: z.boolean(),
    goalChallengeMet: z.boolean(),
  })
  .meta({ id: "WeeklyResult", description: "A user's result of a week." });

const friendsRank = z.int().meta({ description: "The rank among the user and their direct friends." });
const globalRank = z
  .int()
  .nullable()
  .meta({ description: "Null if the user hid from the global rankings or had nothing of it." });

const monthlyRanks = z
  .object({
    global: z.object({ points: globalRank, pullups: globalRank, pushups: globalRank, situps: globalRank }),
    friends: z.object({
      points: friendsRank,
      pullups: friendsRank,
      pushups: friendsRank,
      situps: friendsRank,
      participants: z.int().meta({ description: "The user and those direct friends who have a result." }),
    }),
  })
  .meta({ id: "MonthlyRanks", description: "The ranks of a user in a month; null where the user does not take part." });

const monthlyResult = z
  .object({
    periodKind: z.literal("month"),
    ...month,
    ...totals,
    pullups: z.number().meta({ description: "Repetitions." }),
    pushups: z.number().meta({ description: "Repetitions." }),
    situps: z.number().meta({ description: "Repetitions." }),
    challengeMet: z.boolean(),
    ranks: monthlyRanks.nullable().meta({ description: "Null until the ranks of the month are evaluated." }),
  })
  .meta({ id: "MonthlyResult", description: "A user's result of a month." });

export const result = z
  .discriminatedUnion("periodKind", [weeklyResult, monthlyResult])
  .meta({ id: "Result", description: "A user's result of a week or a month." });
