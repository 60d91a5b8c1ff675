import type { Progress, RunContext } from "../../jobs/job.ts";

/** What a run of `calendar-tracking` stores between its steps (`job_runs.metadata`). Progress counts days. */
export interface TrackingState extends Progress {
  /** The run's first and last day, and the next day to read. */
  first: string;
  last: string;
  next: string;
  /** Whether the run also reads days that are final. */
  all: boolean;
  /** Appointments up to this day have been reclassified by the current rules; null before the first batch. */
  judgedUpTo: string | null;
  counts: TrackingCounts;
}

export interface TrackingCounts {
  daysRead: number;
  /** Days that are not final and lie too far back for the daily run. */
  daysOutOfReach: number;
  /** Appointments that the calendars have on the days read. */
  appointments: number;
  added: number;
  changed: number;
  gone: number;
  placeholders: number;
  /** Appointments whose outcome neither title nor colour states. */
  uncertain: number;
  /** Deleted events without a known time. */
  unplaced: number;
  /** Stored appointments that a newer version of the rules classifies differently. */
  reclassified: number;
  /** Requests to Google for events. */
  requests: number;
}

export const NO_COUNTS: TrackingCounts = {
  daysRead: 0,
  daysOutOfReach: 0,
  appointments: 0,
  added: 0,
  changed: 0,
  gone: 0,
  placeholders: 0,
  uncertain: 0,
  unplaced: 0,
  reclassified: 0,
  requests: 0,
};

export type TrackingContext = RunContext<TrackingState>;
