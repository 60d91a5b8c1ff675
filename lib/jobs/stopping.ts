/** Tells runs that the process is about to end: they pause at their next step, so that another process can continue them. */
const stopping = new AbortController();

/** Pauses every run of this process, as at its deadline, and starts no more. */
export const stopRuns = (): void => stopping.abort();

/** Aborted when the process is about to end. */
export const stopSignal: AbortSignal = stopping.signal;
