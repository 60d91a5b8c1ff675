import { sql } from "drizzle-orm";
import { type Db, row, rows } from "../../db/db.ts";

/** Users from `after` (exclusive) to `upTo` (inclusive), by id. */
export interface Chunk {
  after: string;
  upTo: string;
  /** How many of them are active. */
  active: number;
}

/** The next chunk of users after an id; undefined where there are no more. The empty text stands before every id. */
export async function nextChunk(db: Db, after: string, size: number): Promise<Chunk | undefined> {
  const { upTo, active } = await row<{ upTo: string | null; active: number }>(
    db,
    sql`select max(id) as "upTo", count(*) filter (where is_active)::int as active
      from (select id, is_active from users where id > ${after} order by id limit ${size}) as next`,
  );
  return upTo === null ? undefined : { after, upTo, active };
}

/**
 * To be called first in a transaction that writes for a chunk. Makes its users this transaction's own until it ends. No
 * other evaluation derives for them meanwhile; and none is deleted, so that no derived row outlives its user: an erasure
 * waits for the step and then finds its rows, or comes first and the step does not see the user. Workouts may be posted
 * all the while (known-users.ts).
 */
export async function beginChunk(tx: Db, chunk: Chunk): Promise<void> {
  await rows(
    tx,
    sql`select count(*) from (
      select from users where ${within("id", chunk)} order by id for no key update) as locked`,
  );
}

/** How many users an evaluation covers. */
export async function countActive(db: Db): Promise<number> {
  return (await row<{ n: number }>(db, sql`select count(*)::int as n from users where is_active`)).n;
}

/** Condition: a user id lies in the chunk. */
export const within = (column: string, { after, upTo }: Chunk) =>
  sql`${sql.raw(column)} > ${after} and ${sql.raw(column)} <= ${upTo}`;
