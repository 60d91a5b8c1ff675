import { sql } from "drizzle-orm";
import { type Db, rows } from "../../db/db.ts";

/** What records of changes say in place of the name of someone whose account is gone. Their id, which names nobody any more, stays. */
const FORMER_OPERATOR = "former operator";

/**
 * Deletes accounts with their sessions, passwords and second factors, and their names wherever records name who did something. The records
 * themselves stay.
 * @returns how many accounts were deleted.
 */
export async function deleteOperators(tx: Db, ids: readonly string[]): Promise<number> {
  const deleted = await rows<{ id: string; name: string; email: string }>(
    tx,
    sql`delete from operators where id = any(${sql.param(ids)}::text[]) returning id, name, email`,
  );
  for (const { id, name, email } of deleted) {
    for (const table of ["audit_log", "job_executions", "job_pauses"]) {
      await rows(
        tx,
        sql`update ${sql.identifier(table)} set actor_name = ${FORMER_OPERATOR}
          where actor_kind = 'operator' and actor_id = ${id}`,
      );
    }
    await rows(tx, sql`update incidents set acknowledged_by = ${FORMER_OPERATOR} where acknowledged_by = ${name}`);
    await rows(tx, sql`delete from operator_invitations where email = ${email}`);
    await rows(tx, sql`delete from operator_verifications where value = ${id}`);
  }
  return deleted.length;
}

/** Erases the accounts and invitations of addresses, in lower case. @returns how many rows of each table. */
export async function eraseOperators(tx: Db, addresses: readonly string[]): Promise<Record<string, number>> {
  const theirs = sql`email = any(${sql.param(addresses)}::text[])`;
  const found = await rows<{ id: string }>(tx, sql`select id from operators where ${theirs}`);
  const invitations = await rows(tx, sql`delete from operator_invitations where ${theirs} returning id`);
  const operators = await deleteOperators(
    tx,
    found.map(({ id }) => id),
  );
  return { operators, operator_invitations: invitations.length };
}

/** What an export contains of an operator. */
export const operatorSections = ({ addresses }: { addresses: readonly string[] }) => {
  const theirs = sql`email = any(${sql.param(addresses)}::text[])`;
  return {
    operator_accounts: sql`select name, email, role, language, two_factor_enabled, disabled_at, created_at from operators
      where ${theirs} order by email`,
    operator_sessions: sql`select user_agent, created_at, updated_at, expires_at from operator_sessions
      where operator_id in (select id from operators where ${theirs}) order by created_at`,
    operator_invitations: sql`select email, role, language, created_at, expires_at, accepted_at, revoked_at
      from operator_invitations where ${theirs} order by created_at`,
  };
};
