/**
 * The clock of this process. Only edges read it: an HTTP request, a job's invocation and a command read it once and pass
 * `now` down. Durations, timeouts and rate limits are measured with `performance.now` instead.
 */
let read: () => number = Date.now;

/** The current time in milliseconds since the epoch. Leases, heartbeats and deadlines follow it while a run is active. */
export const currentMs = (): number => read();

/** The current time. */
export const currentTime = (): Date => new Date(read());

/** Replaces the clock of this process: tests bring their own. @param source Milliseconds since the epoch. */
export function useClock(source: () => number): void {
  read = source;
}
