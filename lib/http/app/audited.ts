import type { Actor } from "../../audit/actor.ts";
import { type AuditOutcome, recordChange, recordOutcome } from "../../audit/audit.ts";
import { AppError, describeError } from "../../errors.ts";
import { log } from "../../log.ts";
import { type Operation, Reply } from "../operation.ts";

type OperationCall = Parameters<Operation["handle"]>[0];

/**
 * Handles a call. A change by an operator or a token is recorded in the audit log first and its outcome afterwards, so that
 * no change is missing, also if the process stops in between.
 */
export async function handleAudited(operation: Operation, call: OperationCall): Promise<unknown> {
  const actor = changing(operation, call);
  if (actor === undefined) return operation.handle(call);
  const describe = (result?: unknown) => operation.audit?.(call, result) ?? { subject: parametersOf(call) };
  const id = await recordChange(call.db, actor, operation.id, describe(), call.now);
  try {
    const result = await operation.handle(call);
    await recordEnd(call, id, outcomeOf(result), describe(result));
    return result;
  } catch (error) {
    await recordEnd(call, id, error instanceof AppError && error.status < 500 ? "refused" : "failed");
    throw error;
  }
}

/** Who makes a change that the audit log records: members of the platform and customers are not operators. */
function changing({ method }: Operation, { caller, db }: OperationCall): Actor | undefined {
  if (method === "GET" || db === undefined) return undefined;
  const { actor } = (caller ?? {}) as { actor?: Actor };
  return actor?.kind === "user" ? undefined : actor;
}

/** The change happened or not, whether or not its outcome can be recorded; the row then stays `begun`. */
async function recordEnd(
  { db }: OperationCall,
  id: number,
  ...end: Parameters<typeof recordOutcome> extends [unknown, unknown, ...infer E] ? E : never
) {
  await recordOutcome(db, id, ...end).catch((error: unknown) =>
    log("error", "audit_outcome_failed", { auditId: id, error: describeError(error) }),
  );
}

function outcomeOf(result: unknown): AuditOutcome {
  const status = result instanceof Response || result instanceof Reply ? result.status : 200;
  if (status < 400) return "done";
  return status < 500 ? "refused" : "failed";
}

const parametersOf = ({ params }: OperationCall): string | undefined =>
  params === undefined ? undefined : Object.values(params as object).join("/");
