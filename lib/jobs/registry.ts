import type { PeriodJob, Progress } from "./job.ts";

/** Every job by its word on the command line. Imported when wanted, so that no function loads the others' jobs. */
export const JOBS: Readonly<Record<string, () => Promise<PeriodJob<Progress>>>> = {
  weekly: async () => erase((await import("../sport/weekly.ts")).weekly),
};

/** A job's state is its own business; whoever runs jobs by name needs only its progress. */
function erase<S extends Progress>(job: PeriodJob<S>): PeriodJob<Progress> {
  return job as unknown as PeriodJob<Progress>;
}
