import { redirectLog } from "../lib/log.ts";
import { machine } from "./support.ts";

/** Half an hour and 20 GB of disk, ten minutes of requests, an hour of them: only when named. */
const LARGE = ["weekly-large", "booking-rounds", "site-dashboard", "dashboard", "fuzz"];

/** `npm run bench [-- name …]`: the figures we claim, as ratios of things measured in the same run. */
const BENCHES: Record<string, () => Promise<void>> = {
  weekly: async () => (await import("./evaluation.ts")).evaluationBench("weekly", [10_000, 100_000]),
  monthly: async () => (await import("./evaluation.ts")).evaluationBench("monthly", [10_000, 100_000]),
  "cold-start": async () => (await import("./cold-start.ts")).coldStartBench(),
  dispatch: async () => (await import("./dispatch.ts")).dispatchBench(),
  "mail-claims": async () => (await import("./mail-claims.ts")).mailClaimsBench(),
  monitoring: async () => (await import("./monitoring.ts")).monitoringBench(),
  slots: async () => (await import("./slots.ts")).slotsBench(),
  bookings: async () => (await import("./bookings.ts")).bookingsBench(),
  "free-slots": async () => (await import("./free-slots.ts")).freeSlotsBench(),
  attendance: async () => (await import("./attendance.ts")).attendanceBench(),
  claims: async () => (await import("./claims.ts")).claimsBench(),
  "hostile-text": async () => (await import("./hostile-text.ts")).hostileTextBench(),
  "site-events": async () => (await import("./site-events.ts")).siteEventsBench(),
  "site-requests": async () => (await import("./site-requests.ts")).siteRequestsBench(),
  "site-dashboard": async () => (await import("./site-dashboard.ts")).siteDashboardBench(),
  dashboard: async () => (await import("./dashboard.ts")).dashboardBench(),
  "booking-rounds": async () => (await import("./booking-rounds.ts")).bookingRoundsBench(),
  "refused-bodies": async () => (await import("./refused-bodies.ts")).refusedBodiesBench(),
  load: async () => (await import("./load.ts")).loadBench(),
  fuzz: async () => (await import("./fuzz.ts")).fuzzBench(),
  jit: async () => (await import("./jit.ts")).jitBench(),
  "weekly-large": async () => (await import("./evaluation.ts")).evaluationBench("weekly", [10_000, 100_000, 1_000_000]),
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
