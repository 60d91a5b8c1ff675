import { sql } from "drizzle-orm";
import type { Db } from "../../../lib/db/db.ts";

/** Runs `work` while the database refuses events of the type `poison` in business. */
export async function withPoison<T>(db: Db, work: () => Promise<T>): Promise<T> {
  await db.execute(sql`create function business.refuse() returns trigger language plpgsql as
    $$begin if new.event_type = 'poison' then raise exception 'no poison here, %', new.visitor_id; end if; return new; end$$`);
  await db.execute(sql`create trigger refuse before insert on business.events
    for each row execute function business.refuse()`);
  try {
    return await work();
  } finally {
    await db.execute(sql`drop function business.refuse() cascade`);
  }
}
