import { anyJob } from "../jobs/job.ts";
import type { JobRegistry } from "../jobs/registry.ts";

/** All jobs by their command. Each is loaded when it is needed, so that no function loads the code of other jobs. */
export const JOBS: JobRegistry = {
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
    load: async () => anyJob((await import("./cleanup.ts")).cleanup(JOBS)),
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
