import { createApp, type OperationGroup } from "../http/app/app.ts";
import { maintain } from "./maintain.ts";
import { JOBS } from "./registry.ts";

/** All operations that are not jobs, by group. A group is loaded with the first request to one of its paths. */
export const GROUPS: readonly OperationGroup[] = [
  {
    tag: "Operations",
    paths: ["/api/health", "/health"],
    load: async () => {
      const [{ operations }, { JOBS }] = await Promise.all([
        import("../health/health-operations.ts"),
        import("./registry.ts"),
      ]);
      return operations(JOBS);
    },
  },
  {
    tag: "Accounts",
    paths: ["/api/auth"],
    load: async () => (await import("../admin/accounts/account-operations.ts")).operations,
  },
  {
    tag: "Mail",
    paths: ["/api/events/emails/unsubscribe"],
    load: async () => (await import("../mail/unsubscribe/unsubscribe-operations.ts")).operations,
  },
  {
    tag: "Mail",
    paths: ["/api/admin/emails/retry"],
    load: async () => (await import("../mail/queue/retry-mails.ts")).operations,
  },
  {
    tag: "Sites",
    paths: ["/api/v1/track"],
    load: async () => (await import("../analytics/ingest/track-operations.ts")).operations,
  },
  {
    tag: "Sites",
    paths: ["/api/v1/track/status", "/api/v1/track/dashboard"],
    load: async () => (await import("../analytics/reports/tracking-operations.ts")).operations,
  },
  {
    tag: "Sites",
    paths: ["/api/admin/sites"],
    load: async () => (await import("../analytics/operator-operations.ts")).operations,
  },
  {
    tag: "Booking",
    paths: ["/api/providers", "/api/services"],
    load: async () => (await import("../booking/catalog/public-operations.ts")).operations,
  },
  {
    tag: "Booking",
    paths: ["/api/slots"],
    load: async () => (await import("../booking/free-slots/public-operations.ts")).operations,
  },
  {
    tag: "Booking",
    paths: ["/api/bookings"],
    load: async () => (await import("../booking/bookings/operations/public-operations.ts")).operations,
  },
  {
    tag: "Sport",
    paths: ["/api/sport/users", "/api/sport/exercises", "/api/sport/friendships", "/api/sport/workouts"],
    load: async () => (await import("../sport/training-operations.ts")).operations,
  },
  {
    tag: "Attendance",
    paths: ["/api/tracking"],
    load: async () => (await import("../attendance/operations.ts")).operations,
  },
  {
    tag: "Slots",
    paths: [
      "/api/admin/providers",
      "/api/admin/services",
      "/api/admin/availability",
      "/api/admin/exceptions",
      "/api/admin/time-slots",
      "/api/admin/bookings",
      "/api/admin/slots",
    ],
    load: async () => (await import("../booking/operator-operations.ts")).operations(maintain),
  },
  {
    tag: "Sport",
    paths: [
      "/api/sport/results",
      "/api/sport/leaderboard",
      "/api/sport/rankings",
      "/api/sport/badges",
      "/api/sport/awards",
      "/api/admin/sport/overview",
      "/api/admin/members",
    ],
    load: async () => (await import("../sport/result-operations.ts")).operations,
  },
  {
    tag: "Operations",
    paths: ["cleanup-jobs", "test-alert", "test-error"].map((action) => `/api/admin/monitoring/${action}`),
    load: async () => {
      const [{ operations }, { OBSERVERS }, { SUPERVISED }] = await Promise.all([
        import("../admin/action-operations.ts"),
        import("./job-host.ts"),
        import("./tick.ts"),
      ]);
      return operations(SUPERVISED, OBSERVERS);
    },
  },
  {
    tag: "Operations",
    paths: ["/api/admin/monitoring"],
    load: async () => (await import("../admin/get-monitoring.ts")).operations(JOBS),
  },
  {
    tag: "Operations",
    paths: ["/api/admin/runs", "/api/admin/jobs", "/api/admin/executions"],
    load: async () => {
      const [{ operations }, { HOST }] = await Promise.all([
        import("../admin/run-operations.ts"),
        import("./job-host.ts"),
      ]);
      return operations(JOBS, HOST);
    },
  },
  {
    tag: "Operations",
    paths: ["/api/admin/overview"],
    load: async () => (await import("../admin/overview/get-overview.ts")).operations(JOBS),
  },
  {
    tag: "Operations",
    paths: ["/api/admin/search"],
    load: async () => (await import("../admin/search/get-search.ts")).operations(JOBS),
  },
  {
    tag: "Operations",
    paths: ["/api/admin/incidents"],
    load: async () => (await import("../admin/incidents/incident-operations.ts")).operations,
  },
  {
    tag: "Mail",
    paths: ["/api/admin/emails"],
    load: async () => (await import("../admin/get-mail-overview.ts")).operations(JOBS),
  },
];

/** The API of this deployment, without the jobs, which are functions of their own. */
export const api = createApp(GROUPS);
