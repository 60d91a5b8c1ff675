/** The response of `/api/admin/runs`. Instants are ISO texts in UTC. */

export interface Run {
  id: string;
  jobName: string;
  command: string;
  scheduledFor: string;
  status: "pending" | "running" | "completed" | "failed";
  startedAt: string | null;
  completedAt: string | null;
  attempt: number;
  trigger: string;
  durationMs: number | null;
  lateMs: number | null;
  missed: boolean;
  retryAt: string | null;
  error: { code: string; message: string } | null;
  reason: string | null;
  progress: { done: number; total: number } | null;
}

export interface Runs {
  runs: Run[];
}
