import { sql } from "drizzle-orm";
import { config } from "../../config/config.ts";
import { DAY_MS } from "../../time/durations.ts";
import { monthlyMail } from "../messages/monthly-mail.ts";
import { monthlyAwards } from "./awards.ts";
import { CHUNK_SIZES, type ChunkSizes, evaluationJob } from "./evaluation-job.ts";
import { MONTHLY } from "./job-names.ts";
import { deriveRankings, deriveStandings } from "./monthly-rankings.ts";
import type { ResultExtension } from "./period-results.ts";

/** Defines the job that evaluates each month (docs/domain.md, section 3). */
export const monthlyJob = (sizes: ChunkSizes) =>
  evaluationJob(
    {
      name: MONTHLY,
      command: "monthly",
      path: "/api/events/monthly",
      summary: "Evaluates the last month for all users once it has ended, and earlier months that are missing.",
      kind: "month",
      noun: "month",
      reach: 2,
      earlyMs: 4 * DAY_MS,
    },
    {
      results: () => monthlyMeasures(config().sport.monthlyChallenge),
      standings: deriveStandings,
      ranks: deriveRankings,
      awards: monthlyAwards,
      mail: monthlyMail,
      reads: {
        standings: ["monthly_results"],
        ranks: ["monthly_standings", "user_badges", "notifications"],
        mails: ["monthly_rankings", "user_badges", "awards"],
      },
    },
    sizes,
  );

export const monthly = monthlyJob(CHUNK_SIZES);

/**
 * The columns that only monthly results have: the amount of each ranked exercise in its own measure, and the challenge.
 * @param challenge Points.
 */
export function monthlyMeasures(challenge: number): ResultExtension {
  return {
    with: sql`measured as (
        select user_id, max(amount) filter (where exercise_id = 'pullups') as pullups,
          max(amount) filter (where exercise_id = 'pushups') as pushups,
          max(amount) filter (where exercise_id = 'situps') as situps
        from sums join exercises on exercises.id = exercise_id
        cross join lateral (select case measurement_type
          when 'reps' then reps when 'time' then seconds else km end as amount) as own
        where exercise_id in ('pullups', 'pushups', 'situps')
        group by 1
      ),`,
    joins: sql`left join measured on measured.user_id = derived.id`,
    columns: {
      pullups: sql`coalesce(pullups, 0)`,
      pushups: sql`coalesce(pushups, 0)`,
      situps: sql`coalesce(situps, 0)`,
      challenge_target: sql`${challenge}::numeric`,
      challenge_met: sql`points >= ${challenge}::numeric`,
    },
    goals: { pointsGoalMet: null, exerciseGoalMet: null, challengeMet: "challenge_met" },
  };
}
