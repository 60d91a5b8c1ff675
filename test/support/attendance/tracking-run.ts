import type { ChangedDay, DayLine } from "../../../lib/attendance/google/sync-report.ts";
import type { TrackingCounts } from "../../../lib/attendance/google/sync-state.ts";
import { calendarTracking } from "../../../lib/attendance/tracking-job.ts";
import { configure, type Environment } from "../../../lib/config/config.ts";
import type { Db } from "../../../lib/db/db.ts";
import { occurrenceResponse } from "../../../lib/jobs/endpoint/job-response.ts";
import type { Invocation } from "../../../lib/jobs/execute.ts";
import type { RawParameters } from "../../../lib/jobs/job.ts";
import { type OccurrenceOutcome, runOccurrence } from "../../../lib/jobs/occurrence.ts";
import type { GoogleServer } from "../../fakes/google-server.ts";
import { invocation } from "../jobs/invoke-weekly.ts";

/** A Tuesday evening, when Berlin is an hour ahead of UTC. */
export const NOW = new Date("2026-02-10T22:00:00Z");

export type TrackingResponse = TrackingCounts & {
  status: string;
  start: string;
  end: string;
  daysSkipped: number;
  report: string;
  days: DayLine[];
  changes: ChangedDay[];
};

/** The settings for a Google server and its calendars. */
export const settingsFor = (google: GoogleServer): Environment => ({
  GOOGLE_CALENDAR_IDS: Object.keys(google.calendars).join(","),
  GOOGLE_CREDS_BASE64: google.credentials,
  GOOGLE_CALENDAR_URL: google.url,
  CONSULTANTS: JSON.stringify({ "anna@club.example": "Anna Vogel" }),
});

/** Configures this process for a Google server and its calendars. */
export function configureGoogle(google: GoogleServer, more: Environment = {}): void {
  configure({ ...settingsFor(google), ...more });
}

/** A clock that moves only while someone waits on it. */
export function stoppedClock(start = NOW): Required<Pick<Invocation, "clock" | "sleep">> & { waits: number[] } {
  let at = start.getTime();
  const waits: number[] = [];
  return {
    clock: () => at,
    waits,
    sleep: async (ms) => {
      waits.push(ms);
      at += ms;
    },
  };
}

let firings = 0;

/** Fires a manual run on a stopped clock. @returns its outcome. */
export function fireTracking(
  db: Db,
  given: RawParameters = {},
  now = NOW,
  over: Partial<Invocation> = {},
): Promise<OccurrenceOutcome> {
  firings += 1;
  const occurrence = new Date(now.getTime() + firings);
  const invoked = invocation(db, now.toISOString(), { trigger: "manual", ...stoppedClock(now), ...over });
  return runOccurrence(calendarTracking, given, occurrence, invoked);
}

/** Fires a manual run on a stopped clock. @returns its response. @throws AppError if it failed. */
export async function runTracking(
  db: Db,
  given: RawParameters = {},
  now = NOW,
  over: Partial<Invocation> = {},
): Promise<TrackingResponse> {
  return occurrenceResponse(calendarTracking, await fireTracking(db, given, now, over))
    .body as unknown as TrackingResponse;
}
