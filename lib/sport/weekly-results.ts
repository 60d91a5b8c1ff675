import { sql } from "drizzle-orm";
import { at, type Db, row } from "../db/db.ts";
import type { Period } from "../time.ts";
import { KM_PER_MILE } from "../units.ts";
import { type Chunk, within } from "./chunks.ts";

export interface WeeklyThresholds {
  /** Points goal of a user who set none. */
  pointsGoal: number;
  pointChallenge: number;
}

/**
 * Derives the results of a chunk of users for a week (domain, section 3): every active user gets a row, also one who
 * trained nothing; an inactive one gets none and loses one from before. Rows that would not change are not written.
 * @returns sums over the chunk's users, for the run's counts.
 */
export async function deriveWeeklyResults(
  tx: Db,
  week: Period,
  chunk: Chunk,
  thresholds: WeeklyThresholds,
): Promise<{ points: number; workouts: number }> {
  return row(
    tx,
    sql`with members as materialized (
        select id, weekly_goals as goals, preferences->>'distanceUnit' in ('mi', 'miles') as in_miles
        from users where is_active and ${within("id", chunk)}
      ), sums as materialized (
        select done.user_id, done.exercise_id, sum(points_earned) as points,
          sum(reps) as reps, sum(duration_seconds) as seconds, sum(distance_km) as km
        from members join workout_activities as done on done.user_id = members.id
        where done.start_time >= ${at(week.start)} and done.start_time < ${at(week.end)}
        group by 1, 2
      ), totals as (
        select user_id, sum(points) as points, count(*) as exercises,
          -- put together as text, which takes a third of the time that jsonb_build_object does
          ('{' || string_agg(to_json(exercise_id) || ':{"points":' || points || coalesce(',"reps":' || trim_scale(reps), '')
            || coalesce(',"seconds":' || trim_scale(seconds), '') || coalesce(',"km":' || trim_scale(km), '') || '}',
            ',') || '}')::jsonb as by_exercise
        from sums group by 1
      ), visits as (
        select workouts.user_id, count(*) as workouts
        from members join workouts on workouts.user_id = members.id
        where start_time >= ${at(week.start)} and start_time < ${at(week.end)}
        group by 1
      ), exercise_goals as (
        select members.id as user_id, bool_and(coalesce(
            case goal->>'unit'
              when 'reps' then reps >= target
              when 'time' then seconds >= target * 60
              when 'distance' then km >= target * case when in_miles then ${KM_PER_MILE}::numeric else 1 end
            end, false)) as met
        from members
        cross join lateral jsonb_array_elements(
          case jsonb_typeof(goals->'exercises') when 'array' then goals->'exercises' else '[]' end) as goal
        cross join lateral (
          select case jsonb_typeof(goal->'target') when 'number' then (goal->>'target')::numeric end as target) as wanted
        left join sums on sums.user_id = members.id and sums.exercise_id = goal->>'exerciseId'
        group by 1
      ), derived as (
        select members.id as user_id, coalesce(totals.points, 0) as points, coalesce(workouts, 0) as workouts,
          coalesce(exercises, 0) as exercises, coalesce(by_exercise, '{}') as by_exercise,
          case jsonb_typeof(goals->'points'->'target') when 'number' then round((goals->'points'->>'target')::numeric, 2)
            else ${thresholds.pointsGoal}::numeric end as points_target,
          coalesce(met, false) as exercises_met
        from members
        left join totals on totals.user_id = members.id
        left join visits on visits.user_id = members.id
        left join exercise_goals on exercise_goals.user_id = members.id
      ), gone as (
        delete from weekly_results as old using users
        where old.user_id = users.id and not users.is_active and week_start = ${at(week.start)}
          and ${within("old.user_id", chunk)}
      ), written as (
        insert into weekly_results as old (user_id, week_start, week_end, total_points, total_workouts, total_exercises,
          exercise_totals, points_target, challenge_target, goal_exercises_met, goal_points_met, goal_challenge_met)
        select user_id, ${at(week.start)}, ${at(week.end)}, points, workouts, exercises, by_exercise, points_target,
          ${thresholds.pointChallenge}::numeric, exercises_met, points >= points_target,
          points >= ${thresholds.pointChallenge}::numeric
        from derived order by user_id
        on conflict (user_id, week_start) do update set
          week_end = excluded.week_end, total_points = excluded.total_points,
          total_workouts = excluded.total_workouts, total_exercises = excluded.total_exercises,
          exercise_totals = excluded.exercise_totals, points_target = excluded.points_target,
          challenge_target = excluded.challenge_target, goal_exercises_met = excluded.goal_exercises_met,
          goal_points_met = excluded.goal_points_met, goal_challenge_met = excluded.goal_challenge_met
        where (old.week_end, old.total_points, old.total_workouts, old.total_exercises, old.exercise_totals,
            old.points_target, old.challenge_target, old.goal_exercises_met, old.goal_points_met, old.goal_challenge_met)
          is distinct from (excluded.week_end, excluded.total_points, excluded.total_workouts,
            excluded.total_exercises, excluded.exercise_totals, excluded.points_target, excluded.challenge_target,
            excluded.goal_exercises_met, excluded.goal_points_met, excluded.goal_challenge_met)
      )
      select coalesce(sum(points), 0)::float8 as points, coalesce(sum(workouts), 0)::int as workouts from derived`,
  );
}
