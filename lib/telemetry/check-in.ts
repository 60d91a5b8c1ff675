/** A report on a run for the error tracker's monitor of its job. The report creates or updates the monitor. */
export interface CheckIn {
  job: string;
  /** Stays the same from the start of an attempt to its end, including its continuations. */
  attemptId: string;
  status: "in_progress" | "ok" | "error";
  durationMs?: number | undefined;
  /** The expected times of runs; undefined for a job without a schedule. */
  monitor?: Monitor | undefined;
}

export interface Monitor {
  /** In UTC. */
  schedule: { type: "crontab"; value: string } | { type: "interval"; value: number; unit: "week" | "month" };
  /** The longest delay and the longest duration of a run. */
  marginMinutes: number;
  longestMinutes: number;
}
