import { type SQL, sql } from "drizzle-orm";

/**
 * A query for a user's friends: one column, `friend_id`. A friendship is stored once, with the smaller id first, but
 * counts in both directions. Only accepted friendships count.
 */
export const friendsOf = (userId: SQL): SQL =>
  sql`select user_b as friend_id from friendships where user_a = ${userId} and status = 'accepted'
      union all
      select user_a from friendships where user_b = ${userId} and status = 'accepted'`;
