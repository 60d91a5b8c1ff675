import { sql } from "drizzle-orm";
import { type Db, rows } from "../../db/db.ts";
import type { DeadLetter } from "./dead-letters.ts";

/** BatchSelection of a site's waiting events a step takes: these, or the oldest so many. */
export type BatchSelection = { rawIds: readonly string[] } | { most: number };

/** How many events were taken from layer to layer, and how many out of the way. */
export interface PipelineCounts {
  staged: number;
  processed: number;
  deadLetters: number;
}

export const ZERO_COUNTS: PipelineCounts = { staged: 0, processed: 0, deadLetters: 0 };

/** What a step did. */
export interface BatchResult {
  /** How many were looked at; fewer than asked for: there is nothing left. */
  taken: number;
  done: PipelineCounts;
  dead: DeadLetter[];
}

export const addCounts = (sum: PipelineCounts, { done }: BatchResult): PipelineCounts => ({
  staged: sum.staged + done.staged,
  processed: sum.processed + done.processed,
  deadLetters: sum.deadLetters + done.deadLetters,
});

/** A process that is frozen inside a step loses the step after so long, and what it has locked with it. */
export const IDLE_MS = 5_000;

export async function limitIdleness(tx: Db): Promise<void> {
  await rows(tx, sql`select set_config('idle_in_transaction_session_timeout', ${String(IDLE_MS)}, true)`);
}
