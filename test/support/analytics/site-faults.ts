import { sql } from "drizzle-orm";
import type { Db } from "../../../lib/db/db.ts";

/** Does something while the database refuses to take events of the type `poison` into business. */
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
