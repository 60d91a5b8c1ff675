import { type SQL, sql } from "drizzle-orm";
import { type Db, row, rows } from "../../db/db.ts";

/** A range of users by id, small enough for one transaction. */
export interface UserChunk {
  /** The chunk starts after this id. */
  after: string;
  /** The chunk ends with this id. */
  upTo: string;
  activeUsers: number;
}

/**
 * Reads the next chunk of at most `size` users.
 * @param after The last id of the chunk before; the empty string for the first chunk.
 * @returns undefined when no users are left.
 */
export async function nextChunk(db: Db, after: string, size: number): Promise<UserChunk | undefined> {
  const { upTo, activeUsers } = await row<{ upTo: string | null; activeUsers: number }>(
    db,
    sql`select max(id) as "upTo", count(*) filter (where is_active)::int as "activeUsers"
      from (select id, is_active from users where id > ${after} order by id limit ${size}) as next`,
  );
  return upTo === null ? undefined : { after, upTo, activeUsers };
}

/**
 * Locks a chunk's users until the transaction ends. Call it first in each transaction that writes derived rows.
 *
 * Two evaluations never write for the same users at once. An erasure waits for the transaction and then deletes its
 * rows, or it commits first and the chunk no longer contains the user; so no derived row outlives its user. Posting
 * workouts is not blocked (see lockUsers in training/lock-users.ts).
 */
export async function lockChunk(tx: Db, chunk: UserChunk): Promise<void> {
  await rows(
    tx,
    sql`select count(*) from (
      select from users where ${inChunk("id", chunk)} order by id for no key update) as locked`,
  );
}

/** Counts the users that an evaluation covers. */
export async function countActiveUsers(db: Db): Promise<number> {
  return (await row<{ n: number }>(db, sql`select count(*)::int as n from users where is_active`)).n;
}

/** SQL condition: the user id in `column` belongs to the chunk. */
export const inChunk = (column: string, { after, upTo }: UserChunk): SQL =>
  sql`${sql.raw(column)} > ${after} and ${sql.raw(column)} <= ${upTo}`;
