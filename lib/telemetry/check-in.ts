/** How a run goes, for a monitor of a job that is made or changed by what is told. */
export interface CheckIn {
  job: string;
  /** The same from the beginning of an attempt to its end, over its continuations. */
  attemptId: string;
  status: "in_progress" | "ok" | "error";
  durationMs?: number | undefined;
  /** When runs are expected; undefined for a job that nobody expects. */
  monitor?: Monitor | undefined;
}

export interface Monitor {
  /** In UTC. */
  schedule: { type: "crontab"; value: string } | { type: "interval"; value: number; unit: "week" | "month" };
  /** How much later a run may begin, and how long it may take. */
  marginMinutes: number;
  longestMinutes: number;
}
