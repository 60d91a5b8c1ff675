import type { Job } from "../jobs/job.ts";
import { anyJob } from "../jobs/job.ts";

/** What the clockwork knows of a job without loading it. */
export interface Entry {
  name: string;
  path: string;
  /** Which kind of period it evaluates; undefined for a job that runs at each firing of its crons. */
  period?: "week" | "month";
  load: () => Promise<Job>;
}

/** The words that jobs go by on the command line and in requests. */
export const commands = (): [string, ...string[]] => Object.keys(JOBS) as [string, ...string[]];

/** Every job by its word on the command line. Loaded when wanted, so that no function loads the others' jobs. */
export const JOBS: Readonly<Record<string, Entry>> = {
  weekly: {
    name: "weekly-events",
    path: "/api/events/weekly",
    period: "week",
    load: async () => anyJob((await import("../sport/evaluation/weekly.ts")).weekly),
  },
  monthly: {
    name: "monthly-events",
    path: "/api/events/monthly",
    period: "month",
    load: async () => anyJob((await import("../sport/evaluation/monthly.ts")).monthly),
  },
  dispatch: {
    name: "email-dispatch",
    path: "/api/events/emails/dispatch",
    load: async () => anyJob((await import("../mail/delivery/dispatch.ts")).dispatch),
  },
  cleanup: {
    name: "job-cleanup",
    path: "/api/events/cleanup",
    load: async () => anyJob((await import("../supervision/cleanup.ts")).cleanup),
  },
  slots: {
    name: "slot-maintenance",
    path: "/api/events/slots",
    load: async () => anyJob((await import("../booking/slots/maintenance.ts")).slotMaintenance),
  },
  tracking: {
    name: "calendar-tracking",
    path: "/api/events/tracking",
    load: async () => anyJob((await import("../attendance/tracking-job.ts")).calendarTracking),
  },
  site: {
    name: "site-processing",
    path: "/api/v1/track/process",
    load: async () => anyJob((await import("../analytics/pipeline/sweep-job.ts")).siteProcessing),
  },
};
