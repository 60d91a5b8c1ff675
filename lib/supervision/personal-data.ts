import { sql } from "drizzle-orm";
import { type Db, rows } from "../db/db.ts";
import { jsonMentions, jsonWithout, mentionsAddress, withoutAddresses } from "../privacy/match-person.ts";
import type { Person } from "../privacy/person.ts";

/** Removes a person from incidents, which quote mail servers, Google and operators. */
export async function eraseFromIncidents(tx: Db, person: Person): Promise<Record<string, number>> {
  const [details, title, error, note] = [sql`details::text`, sql`title`, sql`alert_error`, sql`acknowledgement`];
  const incidents = await rows(
    tx,
    sql`update incidents set details = (${jsonWithout(details, person, "erased")})::jsonb,
        title = ${withoutAddresses(title, person, "erased")}, alert_error = ${withoutAddresses(error, person, "erased")},
        acknowledgement = ${withoutAddresses(note, person, "erased")}
      where ${jsonMentions(details, person)} or ${mentionsAddress(title, person)} or ${mentionsAddress(error, person)}
        or ${mentionsAddress(note, person)}
      returning id`,
  );
  return { incidents: incidents.length };
}
