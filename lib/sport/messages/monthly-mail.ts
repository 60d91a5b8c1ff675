import { type SQL, sql } from "drizzle-orm";
import { at } from "../../db/db.ts";
import type { Period } from "../../time/periods.ts";
import { CATEGORIES, type Category, VALUE_OF } from "../training/categories.ts";
import { type MonthlySummary, monthlyLetter } from "./monthly-letter.ts";
import type { SummaryMail } from "./summary-mails.ts";

/** The monthly summary mail: its key, what is read for it, its letter. */
export const monthlyMail: SummaryMail<MonthlySummary> = {
  kind: "month",
  key: (firstDay) => `monthly-summary:${firstDay.slice(0, 7)}`,
  letter: monthlyLetter,
  own: (month) => ({
    columns: sql`points, workouts, totals, "challengeTarget", "challengeMet",
      ${ranks(globalRank(month))} as global, ${ranks(friendsRank)} as friends`,
    joins: sql`cross join lateral (
        select total_points::float8 as points, total_workouts as workouts, exercise_totals as totals,
          challenge_target::float8 as "challengeTarget", challenge_met as "challengeMet",
          total_points, pullups, pushups, situps
        from monthly_results where user_id = users.id and month_start = ${at(month.start)} offset 0) as result
      left join lateral (
        select * from monthly_rankings
        where user_id = users.id and month_start = ${at(month.start)} offset 0) as ranking on true`,
  }),
};

/** Ranks by category, null where the user takes no part. */
function ranks(of: (category: Category) => SQL): SQL {
  const entries = CATEGORIES.map((category) => sql`${sql.raw(`'${category}'`)}, ${of(category)}`);
  return sql`json_build_object(${sql.join(entries, sql`, `)})`;
}

/** How many take part is the same for everybody, and looked up once. */
const globalRank =
  (month: Period) =>
  (category: Category): SQL => {
    const rank = sql.raw(`global_${category}`);
    return sql`case when ${rank} is not null then json_build_object('rank', ${rank}, 'of', (
      select participants from monthly_standings
      where month_start = ${at(month.start)} and category = ${category} order by value limit 1)) end`;
  };

/** Among friends everybody takes part by points; by an exercise who did it. */
function friendsRank(category: Category): SQL {
  const part = sql.raw(category === "points" ? "true" : `${VALUE_OF[category]} > 0`);
  const rank = sql.raw(`friends_${category}`);
  return sql`case when friends_participants >= 2 and ${part}
    then json_build_object('rank', ${rank}, 'of', friends_participants) end`;
}
