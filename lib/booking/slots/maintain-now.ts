import { asWork, JOBS } from "../../db/admission/work.ts";
import type { Db } from "../../db/db.ts";
import type { RunObserver } from "../../jobs/execute.ts";
import { functionDeadline, invocationHere } from "../../jobs/invocation.ts";
import { occurrenceAnswer } from "../../jobs/job-response.ts";
import { fire } from "../../jobs/occurrence.ts";
import { slotMaintenance } from "./maintenance.ts";

/** Whose slots are maintained; an empty scope means all. */
export type Scope = { providerId?: string[]; serviceId?: string[] };

/** Maintains slots at once. @returns The body of the job's answer. */
export type Maintain = (db: Db, now: Date, scope: Scope) => Promise<Record<string, unknown>>;

/**
 * Runs maintenance at once, as if a person had called it, on the ledger like any other run. `now` is that of the request,
 * whose function has to answer in time.
 * @returns the body of the job's answer.
 * @throws AppError `job-failed`, or `invalid-parameter` for an id that nobody has.
 */
export async function maintainNow(
  db: Db,
  now: Date,
  scope: Scope,
  observers: readonly RunObserver[],
): Promise<Record<string, unknown>> {
  const invocation = invocationHere(db, now, "manual", functionDeadline(now.getTime()), observers);
  for (let occurrence = now; ; occurrence = new Date(occurrence.getTime() + 1)) {
    const outcome = await asWork(JOBS, () => fire(slotMaintenance, scope, occurrence, invocation));
    // Another request of this very millisecond has its run on the ledger. It may have begun before our change.
    if (outcome.outcome.status !== "skipped") return occurrenceAnswer(slotMaintenance, outcome).body;
  }
}
