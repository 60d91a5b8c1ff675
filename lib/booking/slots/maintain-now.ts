import { asWork, JOBS } from "../../db/admission/work.ts";
import type { Db } from "../../db/db.ts";
import { occurrenceResponse } from "../../jobs/endpoint/job-response.ts";
import type { RunObserver } from "../../jobs/execute.ts";
import { createInvocation, functionDeadline } from "../../jobs/invocation.ts";
import { runOccurrence } from "../../jobs/occurrence.ts";
import { slotMaintenance } from "./maintenance.ts";

/** The providers or services to maintain, as parameters of the job. An empty scope means all. */
export type MaintenanceScope = { providerId?: string[]; serviceId?: string[] };

/** Maintains slots during a request. @returns the body of the job's response. */
export type Maintain = (db: Db, now: Date, scope: MaintenanceScope) => Promise<Record<string, unknown>>;

/**
 * Runs slot maintenance during a request. The run is on the ledger like one that a person starts.
 * @param now When the request began; its function must answer before its time is over.
 * @returns the body of the job's response.
 * @throws AppError `job-failed`, or `invalid-parameter` for an unknown id.
 */
export async function maintainNow(
  db: Db,
  now: Date,
  scope: MaintenanceScope,
  observers: readonly RunObserver[],
): Promise<Record<string, unknown>> {
  const invocation = createInvocation(db, now, "manual", functionDeadline(now), observers);
  for (let occurrence = now; ; occurrence = new Date(occurrence.getTime() + 1)) {
    const outcome = await asWork(JOBS, () => runOccurrence(slotMaintenance, scope, occurrence, invocation));
    // Skipped: another request of the same millisecond has its run there, which may have begun before this change.
    if (outcome.outcome.status !== "skipped") return occurrenceResponse(slotMaintenance, outcome).body;
  }
}
