import { inArray, sql } from "drizzle-orm";
import { type Db, instantOf, json, rows } from "../db/db.ts";
import { recordChanges } from "../jobs/settlement.ts";
import { eraseMails } from "../mail/queue/erase.ts";
import { users } from "../users/schema.ts";
import { MONTHLY, WEEKLY } from "./evaluation/job-names.ts";
import {
  awards,
  leaderboardResults,
  monthlyRankings,
  monthlyResults,
  notifications,
  userBadges,
  weeklyResults,
} from "./evaluation/schema.ts";

/** Tables with rows of users but without a foreign key (evaluation/schema.ts says why). */
const DERIVED_TABLES = {
  weekly_results: weeklyResults,
  leaderboard_results: leaderboardResults,
  monthly_results: monthlyResults,
  monthly_rankings: monthlyRankings,
  user_badges: userBadges,
  awards,
  notifications,
} as const;

/** Tables whose rows a foreign key deletes with their user, and the condition for a user's rows. */
const CASCADING_TABLES = {
  friendships: sql`user_a = any(ids) or user_b = any(ids)`,
  workouts: sql`user_id = any(ids)`,
  workout_activities: sql`user_id = any(ids)`,
} as const;

export interface ErasedUsers {
  /** Users that existed. */
  ids: Set<string>;
  /** Deleted rows by table; for `email_queue`, the mails whose content was removed. */
  counts: Record<string, number>;
}

/**
 * Erases users with all their data. The endpoint and `privacy erase` both call this function.
 *
 * The ranks of others counted the erased users. Periods within `SETTLEMENT_DAYS` of their evaluation are evaluated again
 * by the next tick, as after any late change. Older periods keep their ranks and numbers of participants, which name no
 * user: evaluating an old week again would use today's goals and friendships, and could take badges from other users.
 * An operator can still do so with `force`.
 */
export async function eraseUsers(tx: Db, ids: string[], now: Date): Promise<ErasedUsers> {
  const cascading = await countCascading(tx, ids);
  // Before the users: deleting a user deletes their mails too, and with them the counts of sent mails.
  const mails = await eraseMails(tx, { userIds: ids, addresses: [], bookingIds: [] }, now);
  // Before the derived rows: this waits for an evaluation of these users, whose rows are then deleted below.
  const erased = await tx.delete(users).where(inArray(users.id, ids)).returning({ id: users.id });
  await noteEvaluatedPeriods(tx, ids, now);
  const counts: Record<string, number> = { users: erased.length, ...cascading };
  for (const [name, table] of Object.entries(DERIVED_TABLES)) {
    const deleted = await tx.delete(table).where(inArray(table.userId, ids)).returning({ id: table.userId });
    counts[name] = deleted.length;
  }
  return { ids: new Set(erased.map(({ id }) => id)), counts: { ...counts, email_queue: mails } };
}

async function countCascading(tx: Db, ids: string[]): Promise<Record<string, number>> {
  const counts = await rows<{ name: string; n: number }>(
    tx,
    sql`with erased as (select coalesce(array_agg(value), '{}') as ids from jsonb_array_elements_text(${json(ids)}))
      ${sql.join(
        Object.entries(CASCADING_TABLES).map(
          ([name, condition]) =>
            sql`select ${name} as name, count(*)::int as n from ${sql.raw(name)}, erased where ${condition}`,
        ),
        sql` union all `,
      )}`,
  );
  return Object.fromEntries(counts.map(({ name, n }) => [name, n]));
}

/** Notes a change in each period in which the users have a result, and so count in totals and in ranks of others. */
async function noteEvaluatedPeriods(tx: Db, ids: string[], now: Date): Promise<void> {
  const periods = await rows<{ job: string; end: string }>(
    tx,
    sql`with erased as (select value collate "C" as id from jsonb_array_elements_text(${json(ids)}))
      select distinct ${WEEKLY} as job, week_end as end from weekly_results join erased on id = user_id
      union all
      select distinct ${MONTHLY}, month_end from monthly_results join erased on id = user_id`,
  );
  for (const jobName of [WEEKLY, MONTHLY]) {
    const ends = periods.filter(({ job }) => job === jobName).map(({ end }) => instantOf(end));
    await recordChanges(tx, jobName, ends, now);
  }
}
