import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Db, rows } from "../../db/db.ts";
import { describeError, fieldError } from "../../errors.ts";
import { flag, id } from "../../http/fields.ts";
import type { OccurrenceJob, Progress, RunContext, RunResult } from "../../jobs/job.ts";
import { REASONS } from "../events/reject-reason.ts";
import type { Site } from "../sites/access.ts";
import { countWaiting } from "./backlog.ts";
import { addCounts, type BatchResult, type PipelineCounts, ZERO_COUNTS } from "./batch.ts";
import { replay } from "./dead-letters.ts";
import { ensurePartitions, LOCK_NOT_AVAILABLE } from "./partitions.ts";
import { findSitesWithWork, MOST_REPLAYED, processNextBatch } from "./pipeline.ts";

const parameters = z.strictObject({
  /** Only this site's. */
  customerId: id.optional(),
  /** First sends dead letters the whole way again. */
  replay: flag,
  /** Of those, only these. */
  reason: z.enum(REASONS, { error: `one of ${REASONS.join(", ")}` }).optional(),
});

type Parameters = z.output<typeof parameters>;

interface ProcessingState extends Progress, PipelineCounts {
  replayed: number;
}

/** The sweeper: takes to its end whatever waits in the pipeline, whoever left it there (domain, section 8). */
export const siteProcessing: OccurrenceJob<ProcessingState, Parameters> = {
  name: "site-processing",
  command: "site",
  path: "/api/v1/track/process",
  summary: "Takes to its end whatever waits of site events, of all sites.",
  parameters,
  check: async (db, { customerId }) => {
    if (customerId !== undefined) await requireSite(db, customerId);
  },
  run,
};

async function requireSite(db: Db, customerId: string): Promise<void> {
  const known = await rows(db, sql`select from sites where customer_id = ${customerId}`);
  if (known.length > 0) return;
  throw fieldError("invalid-parameter", { field: "customerId", expected: "a site", got: JSON.stringify(customerId) });
}

async function run(context: RunContext<ProcessingState>, given: Parameters): Promise<RunResult> {
  const { db, now } = context;
  await ensurePartitions(db, now);
  let state: ProcessingState = context.state ?? (await begin(context, given));
  const step = async (work: (tx: Db) => Promise<BatchResult>): Promise<BatchResult> => {
    let made: BatchResult | undefined;
    state = await context.checkpoint(async (tx) => {
      made = await work(tx);
      return advance(state, made);
    });
    return made as BatchResult;
  };
  const held: unknown[] = [];
  for (let sites = await findSitesWithWork(db, given.customerId); sites.length > 0; ) {
    const unfinished: Site[] = [];
    for (const site of sites) {
      try {
        if (await processNextBatch(step, site, now)) unfinished.push(site);
      } catch (error) {
        // Somebody else holds this one for too long: that is no reason to let all others wait, but for the run to fail.
        if (describeError(error).code !== LOCK_NOT_AVAILABLE) throw error;
        held.push(error);
      }
    }
    sites = unfinished;
  }
  if (held.length > 0) throw held[0];
  const { done: _, total: __, ...counts } = state;
  return { counts };
}

function advance(state: ProcessingState, made: BatchResult): ProcessingState {
  const sum = addCounts(state, made);
  return { ...state, ...sum, done: Math.min(state.total, sum.processed + sum.deadLetters) };
}

/** Replaying is a step of its own, so that a run that is gone on with does not do it again. */
function begin(context: RunContext<ProcessingState>, given: Parameters): Promise<ProcessingState> {
  return context.checkpoint(async (tx) => {
    const replayed = given.replay ? await replay(tx, given.customerId, given.reason, MOST_REPLAYED) : 0;
    return { done: 0, total: await total(tx, given.customerId), ...ZERO_COUNTS, replayed };
  });
}

async function total(db: Db, customerId?: string): Promise<number> {
  const { raw, staging } = await countWaiting(db, customerId);
  return raw + staging;
}
