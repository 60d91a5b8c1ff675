/** The response of `/api/admin/monitoring`, as far as the console shows it. Instants are ISO texts in UTC. */

import type { Finding } from "./health.ts";

export interface Incident {
  id: number;
  key: string;
  title: string;
  details: Record<string, unknown>;
  openedAt: string;
  closedAt: string | null;
  alertedAt: string | null;
  alertError: string | null;
}

export interface JobSummary {
  jobName: string;
  command: string;
  nextExpectedRun: string | null;
  lastRun: string | null;
  lastSuccess: string | null;
  p50Ms: number | null;
  p95Ms: number | null;
  successRate: number | null;
  missed: number;
}

export interface Failure {
  id: string;
  jobName: string;
  scheduledFor: string;
  startedAt: string | null;
  attempt: number;
  retryAt: string | null;
  error: { code: string; message: string } | null;
  cleanupReason: string | null;
}

export interface Stuck {
  id: string;
  jobName: string;
  startedAt: string | null;
  heartbeatAt: string | null;
  leaseUntil: string | null;
}

export interface Monitoring {
  at: string;
  incidents: { open: Incident[]; recent: Incident[] };
  jobs: {
    byJob: JobSummary[];
    recentFailures: Failure[];
    missed: { jobName: string; scheduledFor: string; reason: string | null }[];
    stuckJobs: Stuck[];
  };
  attendance: {
    state: Finding;
    days: { lastFinal: string | null; open: number; oldestOpen: string | null };
    noShows: { from: string; to: string; rate: number | null; missed: number; total: number };
  };
  sites: {
    pending: { raw: number; staging: number };
    oldestPending: string | null;
    lagSeconds: number;
    deadLetters: { reason: string; layer: string; count: number }[];
    sites: { customerId: string; name: string; active: boolean; pending: number; deadLetters: number }[];
  };
}
