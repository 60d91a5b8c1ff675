import { redirectLog } from "../lib/log.ts";
import { machine } from "./support.ts";

/** Half an hour and 20 GB of disk, ten minutes of requests, an hour of them: only when named. */
const LARGE = ["weekly-large", "booking-rounds", "site-dashboard", "dashboard", "overview", "fuzz"];

/** `npm run bench [-- name …]`: the figures we claim, as ratios of things measured in the same run. */
const BENCHES: Record<string, () => Promise<void>> = {
  weekly: async () => (await import("./sport/evaluation.ts")).evaluationBench("weekly", [10_000, 100_000]),
  monthly: async () => (await import("./sport/evaluation.ts")).evaluationBench("monthly", [10_000, 100_000]),
  "cold-start": async () => (await import("./platform/cold-start.ts")).coldStartBench(),
  dispatch: async () => (await import("./mail/dispatch.ts")).dispatchBench(),
  "mail-claims": async () => (await import("./mail/mail-claims.ts")).mailClaimsBench(),
  monitoring: async () => (await import("./platform/monitoring.ts")).monitoringBench(),
  slots: async () => (await import("./booking/slots.ts")).slotsBench(),
  bookings: async () => (await import("./booking/bookings.ts")).bookingsBench(),
  "free-slots": async () => (await import("./booking/free-slots.ts")).freeSlotsBench(),
  attendance: async () => (await import("./attendance/attendance.ts")).attendanceBench(),
  claims: async () => (await import("./platform/claims.ts")).claimsBench(),
  "hostile-text": async () => (await import("./attendance/hostile-text.ts")).hostileTextBench(),
  "site-events": async () => (await import("./analytics/site-events.ts")).siteEventsBench(),
  "site-requests": async () => (await import("./analytics/site-requests.ts")).siteRequestsBench(),
  "site-dashboard": async () => (await import("./analytics/site-dashboard.ts")).siteDashboardBench(),
  "session-check": async () => (await import("./platform/session-check.ts")).sessionCheckBench(),
  overview: async () => (await import("./platform/overview.ts")).overviewBench(),
  dashboard: async () => (await import("./platform/dashboard.ts")).dashboardBench(),
  "booking-rounds": async () => (await import("./booking/booking-rounds.ts")).bookingRoundsBench(),
  "refused-bodies": async () => (await import("./platform/refused-bodies.ts")).refusedBodiesBench(),
  load: async () => (await import("./platform/load.ts")).loadBench(),
  fuzz: async () => (await import("./platform/fuzz.ts")).fuzzBench(),
  jit: async () => (await import("./sport/jit.ts")).jitBench(),
  "weekly-large": async () =>
    (await import("./sport/evaluation.ts")).evaluationBench("weekly", [10_000, 100_000, 1_000_000]),
};

redirectLog((level, line) => level === "error" && console.error(line)); // a line for each request would hide the figures

const wanted = process.argv.slice(2);
console.log(machine());
for (const name of wanted.length > 0 ? wanted : Object.keys(BENCHES).filter((name) => !LARGE.includes(name))) {
  const bench = BENCHES[name];
  if (bench === undefined) {
    console.error(`bench: expected one of ${Object.keys(BENCHES).join(", ")}, got ${name}`);
    process.exit(2);
  }
  console.log(`\n${name}`);
  await bench();
}
