import { type JobHost, jobEndpoint } from "../jobs/endpoint/job-endpoint.ts";
import type { RunObserver } from "../jobs/execute.ts";
import type { OccurrenceJob, PeriodJob, Progress } from "../jobs/job.ts";
import { checkIns } from "../supervision/check-in.ts";
import { pingWatchdog } from "../supervision/watchdog.ts";
import { JOBS } from "./registry.ts";

/** The observers of every run: an outside watchdog and the error tracker. */
export const OBSERVERS: readonly RunObserver[] = [pingWatchdog, checkIns(JOBS)];

/** What every endpoint that runs jobs needs. The tick is loaded after the answer, so that no answer waits for it. */
export const HOST: JobHost = {
  observers: OBSERVERS,
  tick: async (invocation) => (await import("./tick.ts")).tick(invocation),
};

/** The endpoint of a job in this deployment. */
export const defineJob = <S extends Progress, P>(job: PeriodJob<S> | OccurrenceJob<S, P>) => jobEndpoint(job, HOST);
