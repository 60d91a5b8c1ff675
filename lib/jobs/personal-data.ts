import { type SQL, sql } from "drizzle-orm";
import { type Db, rows } from "../db/db.ts";
import { jsonMentions, jsonWithout, mentionsAddress, type Person, withoutAddresses } from "../privacy/match-person.ts";

const ERASED = "erased";

/**
 * What the operators' tables may hold of a person: the cursor of a run that is not done (a user's id, and what became of
 * their mail), and words of a mail server or of Google in errors and incidents. A run that is at it has its cursor in its
 * memory too, and drops it when it is done.
 */
export async function eraseFromLedger(tx: Db, person: Person): Promise<Record<string, number>> {
  const runs = await rows(
    tx,
    sql`update job_runs set metadata = (${withoutAddresses(sql`(${withoutUser(person.userId)})::text`, person, ERASED)})::jsonb
      where ${jsonMentions(sql`metadata::text`, person)} returning id`,
  );
  const [details, title, error] = [sql`details::text`, sql`title`, sql`alert_error`];
  const incidents = await rows(
    tx,
    sql`update incidents set details = (${jsonWithout(details, person, ERASED)})::jsonb,
        title = ${withoutAddresses(title, person, ERASED)}, alert_error = ${withoutAddresses(error, person, ERASED)}
      where ${jsonMentions(details, person)} or ${mentionsAddress(title, person)} or ${mentionsAddress(error, person)}
      returning id`,
  );
  const readings = await rows(
    tx,
    sql`update calendar_readings set error = ${withoutAddresses(sql`error`, person, ERASED)}
      where ${mentionsAddress(sql`error`, person)} returning calendar_id`,
  );
  return { job_runs: runs.length, incidents: incidents.length, calendar_readings: readings.length };
}

/** A cursor goes back to the user before, behind whom the same users are left to do. */
function withoutUser(userId: string | undefined): SQL {
  if (userId === undefined) return sql`metadata`;
  return sql`select case when jsonb_typeof(moved #> '{progress,emails,results}') = 'array'
      then jsonb_set(moved, '{progress,emails,results}', (
        select coalesce(jsonb_agg(result) filter (where result->>'userId' is distinct from ${userId}), '[]')
        from jsonb_array_elements(moved #> '{progress,emails,results}') as result))
      else moved end
    from (select case when metadata->'progress'->>'after' = ${userId}
        then jsonb_set(metadata, '{progress,after}',
          to_jsonb(coalesce((select max(id) from users where id < ${userId}), '')))
        else metadata end as moved) as cursor`;
}
