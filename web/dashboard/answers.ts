/** What the API answers, as far as the dashboard shows it. Instants are ISO texts in UTC, dates `YYYY-MM-DD`. */

export interface Health {
  status: Finding["status"];
  /** By what is looked at and which of its measures, `mail:server`. */
  checks?: Record<string, Finding[]>;
}

export interface Finding {
  status: "pass" | "warn" | "fail";
  output?: string;
}

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

export const MAIL_STATES = ["sent", "pending", "retrying", "skipped", "failed"] as const;
export type MailState = (typeof MAIL_STATES)[number];

export interface FailedMail {
  id: number;
  recipient: string;
  subject: string;
  error: string | null;
  failedAfterRetries: boolean;
  attempts: number;
  createdAt: string;
  processedAt: string | null;
}

export interface Emails {
  timezone: string;
  days: ({ date: string } & Record<MailState, number>)[];
  failed: FailedMail[];
  queue: {
    waiting: number;
    due: number;
    scheduled: number;
    oldestDueSeconds: number | null;
    secondsToDrain: number;
    deliveryUnknown: number;
  };
}

export interface Rate {
  booked: number;
  offered: number;
  percent: number | null;
}

export interface SlotMetrics {
  coverage: { activeServices: number; coveredServices: number; percent: number | null };
  density: { bookableSlots: number; days: number; perDay: number | null };
  bookingRate: { past: Rate; ahead: Rate };
  uncovered: string[];
  warnings: { code: string; level: "warning" | "recommendation"; message: string }[];
  providers: {
    providerId: string;
    name: string;
    timezone: string;
    activeServices: number;
    coveredServices: number;
    bookableSlots: number;
    booked: number;
    offered: number;
  }[];
}

export interface SlotCalendar {
  days: { date: string; slots: number; capacity: number; booked: number; providers: number }[];
}

export interface AttendanceFigures {
  totalSlots: number;
  completed: number;
  sold: number | null;
  noShows: number;
  ghosts: number;
  cancelled: number;
  rescheduled: number;
  pending: number;
  showRate: number | null;
  netShowRate: number | null;
  successRate: number | null;
  noShowRate: number | null;
}

export interface Attendance {
  timezone: string;
  from: string;
  to: string;
  days: { days: number; read: number; final: number; unread: string[] };
  total: AttendanceFigures;
  trend: Partial<Record<keyof AttendanceFigures, number | null>>;
  groups: (AttendanceFigures & { group: string })[];
}

export interface HeatCell {
  weekday: number;
  hour: number;
  total: number;
  completed: number;
  noShows: number;
  showRate: number | null;
}

export interface HeatMap {
  timezone: string;
  cells: HeatCell[];
}

export interface Sites {
  sites: { customerId: string; name: string; timezone: string; active: boolean }[];
}

interface Visits {
  visits: number;
  bounce_rate: number | null;
}

export interface SiteFigures {
  timezone: string;
  from: string;
  to: string;
  total_events: number;
  processed_to_business: number;
  dead_letters: number;
  completion_rate: number | null;
  latest_event: string | null;
  summary: {
    visitors: number;
    visits: number;
    page_views: number;
    events: number;
    bounce_rate: number | null;
    visit_duration_seconds: number | null;
    pages_per_visit: number | null;
    bot_events: number;
  };
  time_series: { start: string; visitors?: number; visits: number; page_views: number }[];
  top_pages: { page: string; page_views: number }[];
  referrers: (Visits & { referrer: string })[];
  devices: (Visits & { device: string })[];
  countries: (Visits & { country: string })[];
}

export interface SportWeek {
  weekStart: string;
  users: number;
  activeUsers: number;
  points: number;
  workouts: number;
  pointsGoalMet: number;
  exerciseGoalMet: number;
  challengeMet: number;
}

export interface SportMonth {
  monthStart: string;
  users: number;
  activeUsers: number;
  points: number;
  workouts: number;
  challengeMet: number;
}

export interface Sport {
  timezone: string;
  week: { start: string; end: string } | null;
  weeks: SportWeek[];
  leaderboard: { rank: number; userId: string; name: string | null; points: number; workouts: number }[];
  month: { start: string; end: string } | null;
  months: SportMonth[];
}

export interface Ranking {
  monthStart: string;
  participants: number;
  entries: { rank: number; userId?: string; name: string | null; value: number }[];
}
