import { sql } from "drizzle-orm";
import { at, type Db, row, rows } from "../db/db.ts";
import type { Period } from "../time.ts";
import { type Chunk, within } from "./chunks.ts";

/**
 * Derives where the users of a chunk stand among themselves and their direct friends in a week. Whoever has a result
 * takes part; equal points share a rank (1, 2, 2, 4). To be called when all results of the week are there.
 */
export async function deriveLeaderboard(tx: Db, week: Period, chunk: Chunk): Promise<void> {
  await rows(
    tx,
    sql`delete from leaderboard_results as old where week_start = ${at(week.start)} and ${within("old.user_id", chunk)}
      and not exists (select from weekly_results as result
        where result.user_id = old.user_id and result.week_start = old.week_start)`,
  );
  await rows(
    tx,
    sql`with friends as (
        select user_a as user_id, user_b as friend_id from friendships
        where status = 'accepted' and ${within("user_a", chunk)}
        union all
        select user_b, user_a from friendships where status = 'accepted' and ${within("user_b", chunk)}
      ), standing as (
        select mine.user_id, mine.total_points as points, count(theirs.user_id) + 1 as participants,
          count(*) filter (where theirs.total_points > mine.total_points) + 1 as rank
        from weekly_results as mine
        left join (friends join weekly_results as theirs
            on theirs.user_id = friends.friend_id and theirs.week_start = ${at(week.start)})
          on friends.user_id = mine.user_id
        where mine.week_start = ${at(week.start)} and ${within("mine.user_id", chunk)}
        group by mine.user_id, mine.total_points
      )
      insert into leaderboard_results as old (week_start, user_id, rank, points, participants)
      select ${at(week.start)}, user_id, rank, points, participants from standing order by user_id
      on conflict (week_start, user_id) do update
        set rank = excluded.rank, points = excluded.points, participants = excluded.participants
        where (old.rank, old.points, old.participants)
          is distinct from (excluded.rank, excluded.points, excluded.participants)`,
  );
}

/**
 * Derives the friends awards of a week from its leaderboard: gold, silver, bronze for ranks 1 to 3 where at least two
 * take part and points were made; all who share a rank get its award. Awards no longer earned go, with their notice.
 * @returns how many awards the chunk's users hold for the week.
 */
export async function deriveFriendsAwards(tx: Db, week: Period, chunk: Chunk, now: Date): Promise<{ held: number }> {
  return row(
    tx,
    sql`with wanted as materialized (
        select user_id, 'friends-' || (array['gold', 'silver', 'bronze'])[rank] as type
        from leaderboard_results
        where week_start = ${at(week.start)} and ${within("user_id", chunk)}
          and rank <= 3 and participants >= 2 and points > 0
      ), gone as (
        delete from awards as old
        where period_start = ${at(week.start)} and period_kind = 'week' and type like 'friends-%'
          and ${within("old.user_id", chunk)}
          and not exists (select from wanted where wanted.user_id = old.user_id and wanted.type = old.type)
        returning user_id, type
      ), unnoticed as (
        delete from notifications as old using gone
        where old.user_id = gone.user_id and old.kind = 'award' and old.slug = gone.type
          and old.period_start = ${at(week.start)}
      ), given as (
        insert into awards (user_id, type, period_kind, period_start)
        select user_id, type, 'week', ${at(week.start)} from wanted order by user_id
        on conflict (user_id, type, period_start) do nothing
        returning user_id, type
      ), noticed as (
        insert into notifications (user_id, kind, slug, level, period_start, created_at)
        select user_id, 'award', type, 0, ${at(week.start)}, ${at(now)} from given
        on conflict (user_id, kind, slug, level, period_start) do nothing
      ), counted as (
        update weekly_results as result set awards_awarded = coalesce(held.n, 0)
        from weekly_results as own
        left join (select user_id, count(*)::int as n from wanted group by 1) as held on held.user_id = own.user_id
        where result.user_id = own.user_id and result.week_start = own.week_start
          and own.week_start = ${at(week.start)} and ${within("own.user_id", chunk)}
          and ${within("result.user_id", chunk)}
          and result.awards_awarded <> coalesce(held.n, 0)
      )
      select count(*)::int as held from wanted`,
  );
}
