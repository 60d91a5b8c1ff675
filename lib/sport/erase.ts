import { inArray, sql } from "drizzle-orm";
import { type Db, instantOf, json, rows } from "../db/db.ts";
import { noteChanges } from "../jobs/settlement.ts";
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

/** Tables that hold derived rows of users without a foreign key (results-schema.ts says why). */
const DERIVED = {
  weekly_results: weeklyResults,
  leaderboard_results: leaderboardResults,
  monthly_results: monthlyResults,
  monthly_rankings: monthlyRankings,
  user_badges: userBadges,
  awards,
  notifications,
} as const;

/** Tables whose rows go with their user's by a foreign key; to be counted before. */
const FOLLOWING = {
  friendships: sql`user_a = any(ids) or user_b = any(ids)`,
  workouts: sql`user_id = any(ids)`,
  workout_activities: sql`user_id = any(ids)`,
} as const;

export interface ErasedUsers {
  /** Those there were. */
  ids: Set<string>;
  /** How many rows were deleted, or (mails) emptied, by table. */
  counts: Record<string, number>;
}

/**
 * Erases users with everything that is theirs as users of the platform. The one place for this rule: the endpoint and
 * `privacy erase` both come here.
 *
 * Others' ranks counted them. Periods that are not settled yet (`SETTLEMENT_DAYS`) are evaluated again by the next tick,
 * as after any late change. Older ones stay as their people were told of them: these ranks and the counts of who took part
 * (`participants`, a month's standings) name nobody, and to evaluate an old week again would judge everybody in it by the
 * goals and friendships of today, and take badges from people because somebody else has left. Who wants that all the same
 * has it with `force`; whatever is evaluated again no longer knows of the erased.
 */
export async function eraseUsers(tx: Db, ids: string[], now: Date): Promise<ErasedUsers> {
  const following = await countFollowing(tx, ids);
  // Before the users, or their mails would follow them, and the counts of mails that were sent would no longer hold.
  const mails = await eraseMails(tx, { userIds: ids, addresses: [], bookingIds: [] }, now);
  // Then the users: this waits for an evaluation that holds them, whose rows are then there to be deleted.
  const gone = await tx.delete(users).where(inArray(users.id, ids)).returning({ id: users.id });
  await noteCounted(tx, ids, now);
  const counts: Record<string, number> = { users: gone.length, ...following };
  for (const [name, table] of Object.entries(DERIVED)) {
    const deleted = await tx.delete(table).where(inArray(table.userId, ids)).returning({ id: table.userId });
    counts[name] = deleted.length;
  }
  return { ids: new Set(gone.map(({ id }) => id)), counts: { ...counts, email_queue: mails } };
}

async function countFollowing(tx: Db, ids: string[]): Promise<Record<string, number>> {
  const counted = await rows<{ name: string; n: number }>(
    tx,
    sql`with wanted as (select coalesce(array_agg(value), '{}') as ids from jsonb_array_elements_text(${json(ids)}))
      ${sql.join(
        Object.entries(FOLLOWING).map(
          ([name, theirs]) =>
            sql`select ${name} as name, count(*)::int as n from ${sql.raw(name)}, wanted where ${theirs}`,
        ),
        sql` union all `,
      )}`,
  );
  return Object.fromEntries(counted.map(({ name, n }) => [name, n]));
}

/** Notes the periods in which they were counted: in sums over everybody, and in the ranks of others. */
async function noteCounted(tx: Db, ids: string[], now: Date): Promise<void> {
  const counted = await rows<{ job: string; end: string }>(
    tx,
    sql`with wanted as (select value collate "C" as id from jsonb_array_elements_text(${json(ids)}))
      select distinct ${WEEKLY} as job, week_end as end from weekly_results join wanted on id = user_id
      union all
      select distinct ${MONTHLY}, month_end from monthly_results join wanted on id = user_id`,
  );
  for (const jobName of [WEEKLY, MONTHLY]) {
    const ends = counted.filter(({ job }) => job === jobName).map(({ end }) => instantOf(end));
    await noteChanges(tx, jobName, ends, now);
  }
}
