import { type SQL, sql } from "drizzle-orm";
import { type Db, rows } from "../db/db.ts";
import { jsonMentions, jsonWithout, mentionsAddress, withoutAddresses } from "../privacy/match-person.ts";
import type { Person } from "../privacy/person.ts";

/**
 * Removes a person from the ledger: from the cursor of an unfinished run (a user's id and the result of their mail) and
 * from error messages. A run that is working has its cursor in memory too, and drops it when it is done.
 */
export async function eraseFromRuns(tx: Db, person: Person): Promise<Record<string, number>> {
  const runs = await rows(
    tx,
    sql`update job_runs set metadata = (${withoutAddresses(sql`(${withoutUser(person.userId)})::text`, person, "erased")})::jsonb
      where ${jsonMentions(sql`metadata::text`, person)} returning id`,
  );
  return {
    job_runs: runs.length,
    job_executions: await eraseFromExecutions(tx, person),
    job_pauses: await eraseFromPauses(tx, person),
  };
}

/** Removes a person from the reasons of pauses, which operators write. */
async function eraseFromPauses(tx: Db, person: Person): Promise<number> {
  const reason = sql`reason`;
  const erased = await rows(
    tx,
    sql`update job_pauses set reason = ${withoutAddresses(reason, person, "erased")}
      where ${mentionsAddress(reason, person)} returning job_name`,
  );
  return erased.length;
}

/** Removes a person from what executions left. Their actors are operators and tokens. */
async function eraseFromExecutions(tx: Db, person: Person): Promise<number> {
  const columns = ["parameters", "counts", "error", "log"].map((name) => sql.raw(name));
  const erased = await rows(
    tx,
    sql`update job_executions set ${sql.join(
      columns.map((column) => sql`${column} = (${jsonWithout(sql`${column}::text`, person, "erased")})::jsonb`),
      sql`, `,
    )}
      where ${sql.join(
        columns.map((column) => jsonMentions(sql`${column}::text`, person)),
        sql` or `,
      )} returning id`,
  );
  return erased.length;
}

/** Moves a cursor back to the user before, so that the same users remain to be done. */
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
