import { sql } from "drizzle-orm";
import * as z from "zod";
import { config } from "../../config/config.ts";
import { type Db, rows, withInstants } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { viewers } from "../../http/access.ts";
import { id } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { friendsOf } from "../training/accepted-friends.ts";
import { exerciseGoal, memberDetails, memberFields } from "./member-schemas.ts";

const WEEKS = 52;
const MONTHS = 12;
const FRIENDS = 100;

type Details = z.input<typeof memberDetails>;

export const getMember = operation({
  id: "getMember",
  method: "GET",
  path: "/api/admin/members/{id}",
  access: viewers,
  summary: "Shows a member with results, goals and friends.",
  params: z.strictObject({ id: id.meta({ description: "The member's id." }) }),
  responses: { 200: { description: "The member.", schema: memberDetails }, 404: "The member does not exist." },
  handle: async ({ db, params }) => {
    const [member, weeks, months, friends] = await Promise.all([
      readMember(db, params.id),
      readWeeks(db, params.id),
      readMonths(db, params.id),
      readFriends(db, params.id),
    ]);
    if (member === undefined) throw new AppError("not-found", `There is no member with the id ${params.id}.`);
    return { ...member, timezone: config().timeZone, weeks: weeks.reverse(), months: months.reverse(), friends };
  },
});

type MemberRow = Omit<Details, "timezone" | "weeks" | "months" | "friends" | "goals"> & {
  goals: { points: number | null; exercises: unknown[] };
};

async function readMember(db: Db, id: string) {
  const [member] = await rows<MemberRow>(
    db,
    sql`select ${memberFields(sql`users`)},
        json_build_object(
          'points', case jsonb_typeof(weekly_goals->'points'->'target') when 'number'
            then (weekly_goals->'points'->>'target')::numeric end,
          'exercises', case jsonb_typeof(weekly_goals->'exercises') when 'array'
            then weekly_goals->'exercises' else '[]' end) as goals,
        (select count(*)::int from user_badges where user_id = users.id) as badges,
        (select count(*)::int from awards where user_id = users.id) as awards
      from users where id = ${id}`,
  );
  return member && { ...member, goals: { ...member.goals, exercises: member.goals.exercises.flatMap(readGoal) } };
}

/** The platform stores goals as JSON; what is no goal does not count. */
function readGoal(stored: unknown): z.output<typeof exerciseGoal>[] {
  const goal = exerciseGoal.safeParse(stored);
  return goal.success ? [goal.data] : [];
}

/** Weeks of a year, the newest first. */
async function readWeeks(db: Db, id: string) {
  const weeks = await rows<Details["weeks"][number] & { weekStart: string }>(
    db,
    sql`select result.week_start as "weekStart", total_points::float8 as points, total_workouts as workouts,
        points_target::float8 as "pointsTarget", goal_points_met as "goalPointsMet",
        goal_exercises_met as "goalExercisesMet", goal_challenge_met as "challengeMet",
        ranked.rank as "friendsRank", ranked.participants
      from weekly_results as result left join leaderboard_results as ranked using (week_start, user_id)
      where user_id = ${id} order by result.week_start desc limit ${WEEKS}`,
  );
  return withInstants(weeks, "weekStart");
}

async function readMonths(db: Db, id: string) {
  const months = await rows<Details["months"][number] & { monthStart: string }>(
    db,
    sql`select result.month_start as "monthStart", total_points::float8 as points, total_workouts as workouts,
        challenge_target::float8 as "challengeTarget", challenge_met as "challengeMet",
        ranked.global_points as "globalRank", ranked.friends_points as "friendsRank",
        ranked.friends_participants as participants
      from monthly_results as result left join monthly_rankings as ranked using (month_start, user_id)
      where user_id = ${id} order by result.month_start desc limit ${MONTHS}`,
  );
  return withInstants(months, "monthStart");
}

function readFriends(db: Db, id: string) {
  return rows<Details["friends"][number]>(
    db,
    sql`select id, coalesce(nickname, first_name) as name from users
      where id in (${friendsOf(sql`${id}`)}) order by lower(coalesce(nickname, first_name, id)) limit ${FRIENDS}`,
  );
}
