import type { Actor } from "../../audit/actor.ts";
import { asWork, JOBS } from "../../db/admission/work.ts";
import type { Db } from "../../db/db.ts";
import { runFailure } from "../../jobs/endpoint/job-response.ts";
import type { RunObserver } from "../../jobs/execute.ts";
import { createInvocation, functionDeadline } from "../../jobs/invocation.ts";
import { runOccurrence } from "../../jobs/occurrence.ts";
import { slotMaintenance } from "./maintenance.ts";
import { maintenanceResult } from "./maintenance-result.ts";
import type { MaintenanceRun } from "./maintenance-run.ts";

/** The providers or services to maintain, as parameters of the job. An empty scope means all. */
export type MaintenanceScope = { providerId?: string[]; serviceId?: string[] };

/** Maintains slots during a request. */
export type Maintain = (db: Db, now: Date, scope: MaintenanceScope, actor: Actor) => Promise<MaintenanceRun>;

/**
 * Runs slot maintenance during a request. The run is on the ledger like one that a person starts.
 * @param now When the request began; its function must answer before its time is over.
 * @param actor Who sent it.
 * @throws AppError `job-failed`, or `invalid-parameter` for an unknown id.
 */
export async function maintainNow(
  db: Db,
  now: Date,
  scope: MaintenanceScope,
  actor: Actor,
  observers: readonly RunObserver[],
): Promise<MaintenanceRun> {
  const invocation = { ...createInvocation(db, now, "manual", functionDeadline(now), observers), actor };
  for (let occurrence = now; ; occurrence = new Date(occurrence.getTime() + 1)) {
    const { scheduledFor, outcome } = await asWork(JOBS, () =>
      runOccurrence(slotMaintenance, scope, occurrence, invocation),
    );
    if (outcome.status === "failed") {
      throw runFailure(slotMaintenance.name, `the run for ${scheduledFor.toISOString()}`, outcome);
    }
    if (outcome.status === "partial") {
      const { done, total } = outcome.progress ?? { done: 0, total: 0 };
      return { status: "partial", scheduledFor, progress: { done, total } };
    }
    if (outcome.status === "completed") {
      const { counts, details } = outcome.result;
      return { status: "completed", scheduledFor, ...maintenanceResult.parse({ ...counts, ...details }) };
    }
    // Skipped: another request of the same millisecond has its run there, which may have begun before this change.
  }
}
