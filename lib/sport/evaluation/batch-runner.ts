import { sql } from "drizzle-orm";
import { type Db, rows } from "../../db/db.ts";
import type { Progress, RunContext } from "../../jobs/job.ts";
import { beginChunk, type Chunk, nextChunk } from "./user-chunks.ts";

/** An evaluation goes over all users in passes, since a rank needs everybody's results; each pass goes in chunks. */
export interface PassState extends Progress {
  /** Which pass, or step between two, counted from 0. */
  pass: number;
  /** Users up to this id are done in this pass. */
  after: string;
}

export interface Pass<State extends PassState, Prepared, Counts> {
  /** Users in a chunk. */
  chunkSize: number;
  /** How many chunks are written at once, each on a connection of its own. More than one only where a chunk done twice
   *  is as good, also in its counts, as a chunk done once. */
  lanes: number;
  /** Tables the pass before has filled and this one reads: until they are analysed, the planner knows too little. */
  reads: readonly string[];
  /** What can be done before a chunk's transaction; it is done while the chunks before are being written. */
  prepare(db: Db, chunk: Chunk): Promise<Prepared>;
  write(tx: Db, chunk: Chunk, prepared: Prepared): Promise<Counts>;
  count(state: State, counts: Counts, chunk: Chunk): State;
}

interface Item<Prepared> {
  chunk: Chunk;
  prepared: Prepared;
}

/** Goes over all users, one checkpoint for each handful of chunks, from where an earlier invocation stopped. */
export async function overUsers<State extends PassState, Prepared, Counts>(
  context: RunContext<State>,
  index: number,
  pass: Pass<State, Prepared, Counts>,
  from: State,
): Promise<State> {
  if (from.pass > index) return from;
  let state = from;
  if (from.pass < index) {
    state = { ...from, pass: index, after: "" };
    await analyze(context.db, pass.reads);
  }
  const lanes = context.concurrent ? pass.lanes : 1;
  let ahead = lookAhead(context.db, pass, state.after, lanes);
  for (let items = await ahead; items.length > 0; items = await ahead) {
    const after = items.at(-1)?.chunk.upTo ?? "";
    if (context.concurrent) {
      ahead = lookAhead(context.db, pass, after, lanes);
      ahead.catch(() => {}); // thrown where it is awaited, unless the step throws first
    }
    state = await step(context, pass, items, state);
    if (!context.concurrent) ahead = lookAhead(context.db, pass, after, lanes);
  }
  return state;
}

/** What needs everybody's results at once: one step between two passes. */
export interface Between {
  /** As a pass's. */
  reads: readonly string[];
  write(tx: Db): Promise<void>;
}

/** Does what stands between two passes, unless an earlier invocation did. */
export async function once<State extends PassState>(
  context: RunContext<State>,
  index: number,
  between: Between,
  from: State,
): Promise<State> {
  if (from.pass >= index) return from;
  await analyze(context.db, between.reads);
  return context.checkpoint(async (tx) => {
    await between.write(tx);
    return { ...from, pass: index };
  });
}

async function analyze(db: Db, tables: readonly string[]): Promise<void> {
  if (tables.length > 0) await rows(db, sql.raw(`analyze ${tables.join(", ")}`));
}

async function lookAhead<State extends PassState, Prepared, Counts>(
  db: Db,
  pass: Pass<State, Prepared, Counts>,
  from: string,
  lanes: number,
): Promise<Item<Prepared>[]> {
  const items: Item<Prepared>[] = [];
  for (let after = from; items.length < lanes; ) {
    const chunk = await nextChunk(db, after, pass.chunkSize);
    if (chunk === undefined) break;
    items.push({ chunk, prepared: await pass.prepare(db, chunk) });
    after = chunk.upTo;
  }
  return items;
}

/** Writes the first chunk in the checkpoint's transaction and the others beside it; counts them when all are written. */
function step<State extends PassState, Prepared, Counts>(
  context: RunContext<State>,
  pass: Pass<State, Prepared, Counts>,
  items: Item<Prepared>[],
  before: State,
): Promise<State> {
  const write = async (tx: Db, { chunk, prepared }: Item<Prepared>) => {
    await beginChunk(tx, chunk);
    return { chunk, counts: await pass.write(tx, chunk, prepared) };
  };
  return context.checkpoint(async (tx) => {
    const written = items.map((item, lane) =>
      lane === 0 ? write(tx, item) : context.beside((own) => write(own, item)),
    );
    await Promise.allSettled(written); // nothing goes on beside a step that has ended
    return (await Promise.all(written)).reduce((state, { chunk, counts }) => {
      const counted = pass.count(state, counts, chunk);
      return { ...counted, after: chunk.upTo, done: state.done + chunk.active };
    }, before);
  });
}
