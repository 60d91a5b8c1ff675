import { sql } from "drizzle-orm";
import { type Db, rows } from "../db/db.ts";
import type { Progress, RunContext } from "../jobs/job.ts";
import { type Chunk, lockUsers, nextChunk } from "./chunks.ts";

/** An evaluation goes over all users in passes, since a rank needs everybody's results; each pass goes in chunks. */
export interface PassState extends Progress {
  /** Which pass, counted from 0. */
  pass: number;
  /** Users up to this id are done in this pass. */
  after: string;
}

export interface Pass<State extends PassState, Prepared = void> {
  /** Users a step. */
  chunkSize: number;
  /** Tables the pass before has filled and this one reads: until they are analysed, the planner knows too little. */
  reads: readonly string[];
  /** What can be done before the step's transaction; it is done while the step before is being written. */
  prepare(db: Db, chunk: Chunk): Promise<Prepared>;
  step(tx: Db, chunk: Chunk, state: State, prepared: Prepared): Promise<State>;
}

/** Goes over all users, one checkpoint a chunk, from where an earlier invocation stopped. */
export async function overUsers<State extends PassState, Prepared>(
  context: RunContext<State>,
  index: number,
  pass: Pass<State, Prepared>,
  from: State,
): Promise<State> {
  if (from.pass > index) return from;
  let state = from;
  if (from.pass < index) {
    state = { ...from, pass: index, after: "" };
    if (pass.reads.length > 0) await rows(context.db, sql.raw(`analyze ${pass.reads.join(", ")}`));
  }
  const look = async (after: string) => {
    const chunk = await nextChunk(context.db, after, pass.chunkSize);
    return chunk && { chunk, prepared: await pass.prepare(context.db, chunk) };
  };
  let ahead = look(state.after);
  for (let next = await ahead; next !== undefined; next = await ahead) {
    const { chunk, prepared } = next;
    if (context.concurrent) {
      ahead = look(chunk.upTo);
      ahead.catch(() => {}); // thrown where it is awaited, unless the step throws first
    }
    const before = state;
    state = await context.checkpoint(async (tx) => {
      await lockUsers(tx, chunk);
      const after = await pass.step(tx, chunk, before, prepared);
      return { ...after, after: chunk.upTo, done: before.done + chunk.active };
    });
    if (!context.concurrent) ahead = look(chunk.upTo);
  }
  return state;
}
