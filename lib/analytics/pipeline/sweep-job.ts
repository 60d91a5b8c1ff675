import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Db, rows } from "../../db/db.ts";
import { describeError, fieldError } from "../../errors.ts";
import { flag, id } from "../../http/fields.ts";
import { count } from "../../http/responses/fields.ts";
import type { OccurrenceJob, Progress, RunContext, RunResult } from "../../jobs/job.ts";
import { rejectReason } from "../events/reject-reason.ts";
import type { Site } from "../sites/access.ts";
import { readBacklog } from "./backlog.ts";
import { addCounts, type BatchResult, type PipelineCounts, ZERO_COUNTS } from "./batch.ts";
import { replayDeadLetters } from "./dead-letters.ts";
import { ensurePartitions, LOCK_NOT_AVAILABLE } from "./partitions.ts";
import { findSitesWithWork, MAX_REPLAYED, processNextBatch } from "./pipeline.ts";
import { processingSummary, summarizeProcessing } from "./processing-summary.ts";

const parameters = z.strictObject({
  /** Only this site. */
  customerId: id.optional(),
  /** Replays dead letters first. */
  replay: flag,
  reason: rejectReason.optional().meta({ description: "Replays only dead letters with this reason." }),
});

type Parameters = z.output<typeof parameters>;

const sweepResult = z.object({
  staged: count,
  processed: count,
  deadLetters: count,
  replayed: count,
  ...processingSummary.shape,
});

interface SweepState extends Progress, PipelineCounts {
  replayed: number;
}

/** The sweep job: processes the pending events of all sites, for example those of a process that died (docs/domain.md, section 8). */
export const siteProcessing: OccurrenceJob<SweepState, Parameters> = {
  name: "site-processing",
  command: "site",
  path: "/api/v1/track/process",
  summary: "Processes the pending events of all sites.",
  parameters,
  result: sweepResult,
  check: async (db, { customerId }) => {
    if (customerId !== undefined) await requireSite(db, customerId);
  },
  run: sweep,
};

async function requireSite(db: Db, customerId: string): Promise<void> {
  const sites = await rows(db, sql`select from sites where customer_id = ${customerId}`);
  if (sites.length > 0) return;
  throw fieldError("invalid-parameter", { field: "customerId", expected: "a site", got: JSON.stringify(customerId) });
}

async function sweep(context: RunContext<SweepState>, params: Parameters): Promise<RunResult> {
  const { db, now } = context;
  context.step("prepare-partitions");
  await ensurePartitions(db, now);
  let state: SweepState = context.state ?? (await startSweep(context, params));
  const inTransaction = async (step: (tx: Db) => Promise<BatchResult>, name: string): Promise<BatchResult> => {
    context.step(name);
    let result: BatchResult | undefined;
    state = await context.checkpoint(async (tx) => {
      result = await step(tx);
      return addBatch(state, result);
    });
    return result as BatchResult;
  };
  const lockTimeouts: unknown[] = [];
  for (let sites = await findSitesWithWork(db, params.customerId); sites.length > 0; ) {
    const unfinished: Site[] = [];
    for (const site of sites) {
      try {
        if (await processNextBatch(inTransaction, site, now)) unfinished.push(site);
      } catch (error) {
        // Another process has locked this site for too long. The other sites go on; the run fails at the end.
        if (describeError(error).code !== LOCK_NOT_AVAILABLE) throw error;
        lockTimeouts.push(error);
      }
    }
    sites = unfinished;
  }
  if (lockTimeouts.length > 0) throw lockTimeouts[0];
  context.step("count-pending");
  const { done: _, total: __, ...counts } = state;
  const { raw, staging } = await readBacklog(db, params.customerId);
  return { counts, details: summarizeProcessing(counts, raw + staging) };
}

function addBatch(state: SweepState, result: BatchResult): SweepState {
  const sum = addCounts(state, result);
  return { ...state, ...sum, done: Math.min(state.total, sum.processed + sum.deadLetters) };
}

/** Replays in a checkpoint of its own, so that a continued run does not replay again. */
function startSweep(context: RunContext<SweepState>, params: Parameters): Promise<SweepState> {
  context.step("replay-dead-letters");
  return context.checkpoint(async (tx) => {
    const replayed = params.replay ? await replayDeadLetters(tx, params.customerId, params.reason, MAX_REPLAYED) : 0;
    const { raw, staging } = await readBacklog(tx, params.customerId);
    return { done: 0, total: raw + staging, ...ZERO_COUNTS, replayed };
  });
}
