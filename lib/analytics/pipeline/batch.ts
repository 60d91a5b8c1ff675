import type { DeadLetter } from "./dead-letters.ts";

/** Which pending events of a site a batch takes: the named ones, or the `max` oldest. */
export type BatchSelection = { rawIds: readonly string[] } | { max: number };

/** How many events were validated, were loaded into `business`, or became dead letters. */
export interface PipelineCounts {
  staged: number;
  processed: number;
  deadLetters: number;
}

export const ZERO_COUNTS: PipelineCounts = { staged: 0, processed: 0, deadLetters: 0 };

/** The result of one batch in one layer. */
export interface BatchResult {
  /** How many events were taken. If fewer than asked for, no more are pending. */
  taken: number;
  counts: PipelineCounts;
  deadLetters: DeadLetter[];
}

export const addCounts = (sum: PipelineCounts, { counts }: BatchResult): PipelineCounts => ({
  staged: sum.staged + counts.staged,
  processed: sum.processed + counts.processed,
  deadLetters: sum.deadLetters + counts.deadLetters,
});

/** A process that freezes inside a transaction loses the transaction, and with it its locks, after this time. */
export const IDLE_MS = 5_000;
