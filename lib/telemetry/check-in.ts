/** A report on a run for the error tracker's monitor of its job. The report creates or updates the monitor. */
export interface CheckIn {
  job: string;
  /** The same from the beginning of an attempt to its end, over its continuations. */
  attemptId: string;
  status: "in_progress" | "ok" | "error";
  durationMs?: number | undefined;
  /** When runs are expected; undefined for a job without a schedule. */
  monitor?: Monitor | undefined;
}

export interface Monitor {
  /** In UTC. */
  schedule: { type: "crontab"; value: string } | { type: "interval"; value: number; unit: "week" | "month" };
  /** How much later a run may begin, and how long it may take. */
  marginMinutes: number;
  longestMinutes: number;
}
