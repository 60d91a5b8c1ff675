import { sql } from "drizzle-orm";
import { type Db, rows } from "../../db/db.ts";
import type { Progress, RunContext } from "../../jobs/job.ts";
import { lockChunk, nextChunk, type UserChunk } from "./user-chunks.ts";

/**
 * Runs a job over all users in several passes, because a rank needs the results of all users. Each pass goes through the
 * users in chunks and saves its progress, so that an interrupted run continues where it stopped.
 */

export interface BatchState extends Progress {
  /** Number of the current pass, from 0. A step between two passes counts as one. */
  pass: number;
  /** The current pass has processed the users up to this id. */
  after: string;
}

export interface Pass<State extends BatchState, Prepared, Counts> {
  /** The name of its step in the record of an execution. */
  step: string;
  /** Users per chunk. */
  chunkSize: number;
  /**
   * How many chunks are written at the same time, each on its own connection. Use more than 1 only if writing a chunk
   * twice gives the same rows and the same counts as writing it once.
   */
  concurrency: number;
  /** Tables that an earlier pass filled and this one reads. They are analysed first to give the planner statistics. */
  reads: readonly string[];
  /** Prepares a chunk before its transaction begins, while earlier chunks are being written. */
  prepare(db: Db, chunk: UserChunk): Promise<Prepared>;
  write(tx: Db, chunk: UserChunk, prepared: Prepared): Promise<Counts>;
  /** Adds the counts of a written chunk to the state. */
  addCounts(state: State, counts: Counts, chunk: UserChunk): State;
}

interface PreparedChunk<Prepared> {
  chunk: UserChunk;
  prepared: Prepared;
}

/**
 * Runs a pass over all users, or what is left of it. Each checkpoint covers `concurrency` chunks.
 * @param number The pass's number. A pass that an earlier invocation finished is skipped.
 */
export async function runPass<State extends BatchState, Prepared, Counts>(
  context: RunContext<State>,
  number: number,
  pass: Pass<State, Prepared, Counts>,
  before: State,
): Promise<State> {
  if (before.pass > number) return before;
  let state = before;
  context.step(pass.step);
  if (before.pass < number) {
    state = { ...before, pass: number, after: "" };
    await analyze(context.db, pass.reads);
  }
  const atOnce = context.concurrent ? pass.concurrency : 1;
  let next = prepareChunks(context.db, pass, state.after, atOnce);
  for (let chunks = await next; chunks.length > 0; chunks = await next) {
    const after = chunks.at(-1)?.chunk.upTo ?? "";
    if (context.concurrent) {
      next = prepareChunks(context.db, pass, after, atOnce);
      next.catch(() => {}); // an error is thrown by the await above, unless writing throws first
    }
    state = await writeChunks(context, pass, chunks, state);
    if (!context.concurrent) next = prepareChunks(context.db, pass, after, atOnce);
  }
  return state;
}

/**
 * Runs one transaction between two passes, for work that needs the rows of all users at once.
 * @param number Its number among the passes. Skipped if an earlier invocation has done it.
 * @param step Its name in the record of an execution.
 * @param reads Tables to analyse first, as in a pass.
 */
export async function runBetweenPasses<State extends BatchState>(
  context: RunContext<State>,
  number: number,
  step: string,
  reads: readonly string[],
  write: (tx: Db) => Promise<void>,
  before: State,
): Promise<State> {
  if (before.pass >= number) return before;
  context.step(step);
  await analyze(context.db, reads);
  return context.checkpoint(async (tx) => {
    await write(tx);
    return { ...before, pass: number };
  });
}

async function analyze(db: Db, tables: readonly string[]): Promise<void> {
  if (tables.length > 0) await rows(db, sql.raw(`analyze ${tables.join(", ")}`));
}

async function prepareChunks<State extends BatchState, Prepared, Counts>(
  db: Db,
  pass: Pass<State, Prepared, Counts>,
  afterId: string,
  atMost: number,
): Promise<PreparedChunk<Prepared>[]> {
  const chunks: PreparedChunk<Prepared>[] = [];
  for (let after = afterId; chunks.length < atMost; ) {
    const chunk = await nextChunk(db, after, pass.chunkSize);
    if (chunk === undefined) break;
    chunks.push({ chunk, prepared: await pass.prepare(db, chunk) });
    after = chunk.upTo;
  }
  return chunks;
}

/** Writes the first chunk in the checkpoint's transaction and the others on connections of their own. */
function writeChunks<State extends BatchState, Prepared, Counts>(
  context: RunContext<State>,
  pass: Pass<State, Prepared, Counts>,
  chunks: PreparedChunk<Prepared>[],
  before: State,
): Promise<State> {
  const write = async (tx: Db, { chunk, prepared }: PreparedChunk<Prepared>) => {
    await lockChunk(tx, chunk);
    return { chunk, counts: await pass.write(tx, chunk, prepared) };
  };
  return context.checkpoint(async (tx) => {
    const writing = chunks.map((prepared, index) =>
      index === 0 ? write(tx, prepared) : context.beside((ownTx) => write(ownTx, prepared)),
    );
    await Promise.allSettled(writing); // no write may still be running when the checkpoint ends
    return (await Promise.all(writing)).reduce((state, { chunk, counts }) => {
      const counted = pass.addCounts(state, counts, chunk);
      return { ...counted, after: chunk.upTo, done: state.done + chunk.activeUsers };
    }, before);
  });
}
