import { sql } from "drizzle-orm";
import { at, type Db, row, rows } from "../../lib/db/db.ts";
import { table } from "../../lib/text-table.ts";
import { localDate, type Period } from "../../lib/time/periods.ts";
import { indented, type Summary } from "./summary.ts";

interface Totals {
  users: number;
  trained: number;
  points: number;
  goals: number;
  challenges: number;
  badges: number;
  awards: number;
  mails: number;
}

/** Summarises an evaluated week with its best five members, for a terminal. */
export async function weekSummary(db: Db, week: Period, zone: string): Promise<Summary> {
  const totals = await loadTotals(db, week, zone);
  const best = await rows<{ rank: number; name: string; points: number; workouts: number; friends: string }>(
    db,
    sql`select rank() over (order by result.total_points desc)::int as rank,
        coalesce(nickname, first_name, users.id) as name, result.total_points::float8 as points,
        total_workouts as workouts, board.rank || ' of ' || participants as friends
      from weekly_results as result join users on users.id = result.user_id
      join leaderboard_results as board on board.user_id = users.id and board.week_start = result.week_start
      where result.week_start = ${at(week.start)} and show_in_global_rankings
      order by rank, name limit 5`,
  );
  const number = (value: number) => value.toLocaleString("en");
  const lastDay = localDate(new Date(week.end.getTime() - 1), zone);
  const facts = [
    ["week", `${localDate(week.start, zone)} to ${lastDay} (${zone})`],
    ["users evaluated", `${number(totals.users)}, ${number(totals.trained)} of them trained`],
    ["points", number(totals.points)],
    ["points goals reached", number(totals.goals)],
    ["challenges reached", number(totals.challenges)],
    ["badges earned", number(totals.badges)],
    ["awards among friends", number(totals.awards)],
    ["summary mails", number(totals.mails)],
  ];
  const width = Math.max(...facts.map(([name]) => name?.length ?? 0));
  const lines = best.map((user) => [`${user.rank}`, user.name, number(user.points), `${user.workouts}`, user.friends]);
  const best5 = table(["rank", "name", "points", "workouts", "among friends"], lines);
  const report = [...facts.map(([name, value]) => `  ${(name ?? "").padEnd(width)}  ${value}`), "", indented(best5)];
  return {
    sentence: `${number(totals.users)} members evaluated, ${number(totals.mails)} mails queued`,
    report: report.join("\n"),
  };
}

function loadTotals(db: Db, week: Period, zone: string): Promise<Totals> {
  const mails = `weekly-summary:${localDate(week.start, zone)}:`;
  return row(
    db,
    sql`select count(*)::int as users, count(*) filter (where total_workouts > 0)::int as trained,
        coalesce(sum(total_points), 0)::float8 as points, count(*) filter (where goal_points_met)::int as goals,
        count(*) filter (where goal_challenge_met)::int as challenges,
        coalesce(sum(badges_awarded), 0)::int as badges, coalesce(sum(awards_awarded), 0)::int as awards,
        (select count(*)::int from email_queue where starts_with(dedupe_key, ${mails})) as mails
      from weekly_results where week_start = ${at(week.start)}`,
  );
}
