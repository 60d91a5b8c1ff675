/** Whether this process is about to end: then runs lay themselves down at their next step, for others to go on with. */
const stopping = new AbortController();

/** Lets every run of this process stop as at its deadline, and none begin again. */
export const stopRuns = (): void => stopping.abort();

/** Aborted when the process is about to end. */
export const stopSignal: AbortSignal = stopping.signal;
