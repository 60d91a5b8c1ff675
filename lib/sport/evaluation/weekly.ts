import { sql } from "drizzle-orm";
import { config } from "../../config/config.ts";
import { DAY_MS } from "../../time/durations.ts";
import { KM_PER_MILE } from "../../units.ts";
import { weeklyMail } from "../messages/weekly-mail.ts";
import { weeklyAwards } from "./awards.ts";
import { CHUNK_SIZES, type ChunkSizes, evaluationJob } from "./evaluation-job.ts";
import { WEEKLY } from "./job-names.ts";
import { deriveLeaderboard } from "./leaderboard.ts";
import type { ResultExtension } from "./period-results.ts";

/** Defines the job that evaluates each week (docs/domain.md, section 3). */
export const weeklyJob = (sizes: ChunkSizes) =>
  evaluationJob(
    {
      name: WEEKLY,
      command: "weekly",
      path: "/api/events/weekly",
      summary: "Evaluates the last week for all users once it has ended, and earlier weeks that are missing.",
      kind: "week",
      noun: "week",
      reach: 4,
      earlyMs: DAY_MS,
    },
    {
      results: () => weeklyGoals(config().sport),
      ranks: deriveLeaderboard,
      awards: weeklyAwards,
      mail: weeklyMail,
      reads: {
        standings: [],
        ranks: ["weekly_results", "user_badges", "notifications"],
        mails: ["leaderboard_results", "user_badges", "awards"],
      },
    },
    sizes,
  );

export const weekly = weeklyJob(CHUNK_SIZES);

export interface WeeklyThresholds {
  /** Points goal of a user who set none. */
  pointsGoal: number;
  pointChallenge: number;
}

/**
 * The columns that only weekly results have: the goals and the challenge, and whether the user reached them. The exercise
 * goal is met if there is at least one and all are reached; a goal with an unknown unit or target is never reached.
 */
export function weeklyGoals({ pointsGoal, pointChallenge }: WeeklyThresholds): ResultExtension {
  return {
    with: sql`exercise_goals as (
        select active_users.id as user_id, bool_and(coalesce(
            case goal->>'unit'
              when 'reps' then reps >= target
              when 'time' then seconds >= target * 60
              when 'distance' then km >= target
                * case when preferences->>'distanceUnit' in ('mi', 'miles') then ${KM_PER_MILE}::numeric else 1 end
            end, false)) as met
        from active_users
        cross join lateral jsonb_array_elements(
          case jsonb_typeof(weekly_goals->'exercises') when 'array' then weekly_goals->'exercises' else '[]' end) as goal
        cross join lateral (
          select case jsonb_typeof(goal->'target') when 'number' then (goal->>'target')::numeric end as target) as targets
        left join sums on sums.user_id = active_users.id and sums.exercise_id = goal->>'exerciseId'
        group by 1
      ),`,
    joins: sql`left join exercise_goals on exercise_goals.user_id = derived.id
      cross join lateral (select case jsonb_typeof(weekly_goals->'points'->'target')
        when 'number' then round((weekly_goals->'points'->>'target')::numeric, 2)
        else ${pointsGoal}::numeric end as points_target) as targets`,
    columns: {
      points_target: sql`points_target`,
      challenge_target: sql`${pointChallenge}::numeric`,
      goal_exercises_met: sql`coalesce(met, false)`,
      goal_points_met: sql`points >= points_target`,
      goal_challenge_met: sql`points >= ${pointChallenge}::numeric`,
    },
    goals: {
      pointsGoalMet: "goal_points_met",
      exerciseGoalMet: "goal_exercises_met",
      challengeMet: "goal_challenge_met",
    },
  };
}
