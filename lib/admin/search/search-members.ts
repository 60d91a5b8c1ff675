import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Db, rows } from "../../db/db.ts";
import { anyContains, beginsWith, best, type SearchText } from "./search-text.ts";

export const memberHit = z
  .object({
    id: z.string(),
    name: z.string().nullable().meta({ description: "The nickname or first name." }),
    firstName: z.string().nullable(),
    email: z.string().nullable(),
    active: z.boolean(),
  })
  .meta({ id: "MemberHit", description: "A member whose name, address or id has the text." });

export type MemberHit = z.input<typeof memberHit>;

/** Members among whom the text is looked for inside names; names that begin with it are found among all. */
const MOST_READ = 100_000;
const CANDIDATES = 50;

/** Finds members whose name or id begins with the text, and if they are few, those who have it elsewhere. */
export async function searchMembers(db: Db, text: SearchText, limit: number): Promise<MemberHit[]> {
  // The index `users_name` is on this expression (lib/users/schema.ts).
  const sortName = sql`lower(coalesce(nickname, first_name, id)) collate "C"`;
  const hits = await rows<MemberHit>(
    db,
    sql`with named as materialized (
        (select id from users where ${beginsWith(sortName, text.lower)} order by ${sortName} limit ${limit})
        union (select id from users where ${beginsWith(sql`id`, text.text)} order by id limit ${limit})),
      others as materialized (
        select id from (select id, nickname, first_name, email from users limit ${MOST_READ}) as member
        where (select count(*) from named) < ${limit}
          and ${anyContains([sql`nickname`, sql`first_name`, sql`email`, sql`id`], text)}
        limit ${CANDIDATES})
      select id, coalesce(nickname, first_name) as name, first_name as "firstName", email, is_active as active
      from users where id in (select id from named union select id from others) order by ${sortName}, id`,
  );
  return best(hits, ({ id, name, firstName, email }) => [name, firstName, email, id], text, limit);
}
