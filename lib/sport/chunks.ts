import { sql } from "drizzle-orm";
import { type Db, row } from "../db/db.ts";

/** Users from `after` (exclusive) to `upTo` (inclusive), by id. */
export interface Chunk {
  after: string;
  upTo: string;
  /** How many of them are active. */
  active: number;
}

/** Small enough for a step of well under a second, large enough that the round trips do not count. */
export const CHUNK_SIZE = 2_000;

/** The next chunk of users after an id; undefined where there are no more. The empty text stands before every id. */
export async function nextChunk(db: Db, after: string, size = CHUNK_SIZE): Promise<Chunk | undefined> {
  const { upTo, active } = await row<{ upTo: string | null; active: number }>(
    db,
    sql`select max(id) as "upTo", count(*) filter (where is_active)::int as active
      from (select id, is_active from users where id > ${after} order by id limit ${size}) as next`,
  );
  return upTo === null ? undefined : { after, upTo, active };
}

/** How many users an evaluation covers. */
export async function countActive(db: Db): Promise<number> {
  return (await row<{ n: number }>(db, sql`select count(*)::int as n from users where is_active`)).n;
}

/** Condition: a user id lies in the chunk. */
export const within = (column: string, { after, upTo }: Chunk) =>
  sql`${sql.raw(column)} > ${after} and ${sql.raw(column)} <= ${upTo}`;
