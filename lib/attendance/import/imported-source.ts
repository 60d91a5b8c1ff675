import { sql } from "drizzle-orm";
import { type Db, json, rows } from "../../db/db.ts";

/** The calendar that imported appointments are said to be in. */
export const IMPORT_CALENDAR = "import";

/** Lets go of imported appointments on dates for which there is something better, or something newer. */
export async function deleteImported(tx: Db, dates: string[]): Promise<void> {
  await rows(
    tx,
    sql`delete from calendar_appointments where calendar_id = ${IMPORT_CALENDAR}
      and local_date in (select jsonb_array_elements_text(${json(dates)})::date)`,
  );
}
