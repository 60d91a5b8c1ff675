import { VISITOR } from "../../audit/actor.ts";
import { recordChange, recordOutcome } from "../../audit/audit.ts";
import type { Db } from "../../db/db.ts";
import { inBackground } from "../../http/background.ts";
import { findAccount, type OperatorAccount } from "../../operators/accounts.ts";
import type { Tried } from "../../operators/attempts.ts";

/** What the audit log says about people who sign in: the operations cannot know the caller before that. */

/** Records something that an operator did in order to sign in. */
export async function recordByOperator(
  db: Db,
  { id, name }: Pick<OperatorAccount, "id" | "name">,
  operation: string,
  now: Date,
): Promise<void> {
  const entry = await recordChange(db, { kind: "operator", id, name }, operation, { subject: id }, now);
  await recordOutcome(db, entry, "done");
}

/**
 * Records that an account is locked after failed tries. It is done after the answer, so that the time of an answer does not say
 * whether there is such an account. Addresses without an account are not recorded.
 */
export function recordLock(
  db: Db,
  operation: string,
  tried: Tried,
  account: { email: string } | { id: string },
  now: Date,
): void {
  inBackground(
    findAccount(db, account).then(async (found) => {
      if (found === undefined) return;
      const details = { reason: "locked", tried };
      const entry = await recordChange(db, VISITOR, operation, { subject: found.id, details }, now);
      await recordOutcome(db, entry, "refused");
    }),
  );
}
