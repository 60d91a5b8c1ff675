import type { Progress, RunContext } from "../../jobs/job.ts";

/** What a run of tracking keeps between its steps; progress is counted in days. */
export interface TrackingState extends Progress {
  /** The days that the run is about, and the next of them to be read. */
  first: string;
  last: string;
  next: string;
  /** Also reads days that are final. */
  all: boolean;
  /** Up to which day appointments that older rules had judged have been judged again; null before the first. */
  judgedUpTo: string | null;
  counts: TrackingCounts;
}

export interface TrackingCounts {
  daysRead: number;
  /** Days that are not final and too long ago for the daily run. */
  daysOutOfReach: number;
  /** Appointments that the calendars had. */
  appointments: number;
  added: number;
  changed: number;
  gone: number;
  placeholders: number;
  /** Those of which neither title nor colour says anything. */
  uncertain: number;
  /** Deleted events of which not even the time is known. */
  unplaced: number;
  /** Stored ones that newer rules judge otherwise. */
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
