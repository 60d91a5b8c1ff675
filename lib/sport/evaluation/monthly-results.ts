import { sql } from "drizzle-orm";
import type { OwnResults } from "./period-results.ts";

/** What a monthly result holds of its own: the ranked exercises' own measures, and the challenge (domain, section 3). */
export function monthlyResults(challenge: number): OwnResults {
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
