import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Db, rows } from "../../db/db.ts";
import { lockOnKey } from "../../db/locks.ts";
import { AppError, describeError } from "../../errors.ts";
import { BATCH_ANSWERS, type Batch, envelope, takeBatch } from "../../http/batch.ts";
import { defineRoute, method } from "../../http/define-route.ts";
import { flag } from "../../http/fields.ts";
import type { Endpoint } from "../../http/respond.ts";
import { log } from "../../log.ts";
import type { Maintain, Scope } from "../slots/maintain-now.ts";

/** One kind of what an operator sets up (domain, section 6). An item says all of it: what it leaves out is the default. */
export interface Setup<Key, Item extends Key, Filter> {
  /** What a list of them is called in requests and answers. */
  name: string;
  /** What they are, in sentences. */
  what: string;
  /** An item, and its key. */
  examples: { item: z.input<z.ZodType<Item>>; key: z.input<z.ZodType<Key>> };
  item: z.ZodType<Item>;
  /** As much of an item as tells it from all others. */
  key: z.ZodType<Key>;
  keyOf: (key: Key) => string;
  filter: z.ZodType<Filter>;
  /** In order; each can be sent back as the item it is. */
  list: (db: Db, filter: Filter) => Promise<object[]>;
  save: (tx: Db, batch: Batch<Item>) => Promise<void>;
  remove: (tx: Db, batch: Batch<Key>, now: Date) => Promise<void>;
  /** Whose slots follow from these. */
  scope: (keys: Key[]) => Scope;
  /** Whether their slots went with them when they are removed. */
  takesSlotsAlong?: boolean;
}

const options = z.strictObject({ maintain: flag });

/**
 * The operator's route for one kind: GET lists, POST creates and updates, DELETE deletes. With `maintain=true` the slots
 * follow at once, and otherwise at the next run of maintenance.
 */
export const setupRoute =
  <Key, Item extends Key, Filter>(setup: Setup<Key, Item, Filter>) =>
  (maintain: Maintain): Endpoint => {
    const { name, what, keyOf, scope } = setup;
    return defineRoute({
      GET: method({
        summary: `The ${what}.`,
        query: setup.filter,
        handle: async ({ db, query }) => {
          return { [name]: await setup.list(db, query) };
        },
      }),
      POST: method({
        summary: `Creates and updates ${what}; an item says all of it, and what it leaves out is the default.`,
        example: { [name]: [setup.examples.item] },
        answers: BATCH_ANSWERS,
        query: options,
        body: envelope(name, setup.item),
        handle: ({ db, body, query, now }) => {
          const save = async (tx: Db, batch: Batch<Item>) => {
            await oneAtATime(tx);
            await setup.save(tx, batch);
          };
          const after = async (touched: Item[]) =>
            query.maintain ? maintained(maintain, db, now, scope(touched)) : {};
          return takeBatch(db, body[name], setup.item, keyOf, save, after);
        },
      }),
      DELETE: method({
        summary: `Deletes ${what}.`,
        example: { [name]: [setup.examples.key] },
        answers: BATCH_ANSWERS,
        query: options,
        body: envelope(name, setup.key),
        handle: ({ db, body, query, now }) => {
          const remove = async (tx: Db, batch: Batch<Key>) => {
            await oneAtATime(tx);
            await setup.remove(tx, batch, now);
          };
          const left = (touched: Key[]) => (setup.takesSlotsAlong ? {} : scope(touched));
          const after = async (touched: Key[]) => (query.maintain ? maintained(maintain, db, now, left(touched)) : {});
          return takeBatch(db, body[name], setup.key, keyOf, remove, after);
        },
      }),
    });
  };

/**
 * Batches are few and small, so one waits for the other: what an item was judged by holds until it is written, and no two
 * wait for each other's rows in a circle.
 */
async function oneAtATime(tx: Db): Promise<void> {
  await rows(tx, sql`select ${lockOnKey("catalog", sql`0`)}`);
}

/** What was set up is committed whatever becomes of its slots: the next run of maintenance sees to them again. */
async function maintained(
  maintain: Maintain,
  db: Db,
  now: Date,
  scope: Scope,
): Promise<{ maintenance: Record<string, unknown> }> {
  if (Object.values(scope).flat().length === 0) {
    return { maintenance: { status: "ok", skipped: true, reason: "nothing-to-do" } };
  }
  try {
    return { maintenance: await maintain(db, now, scope) };
  } catch (error) {
    log("error", "setup_maintenance_failed", { error: describeError(error) });
    const known = error instanceof AppError ? error : new AppError("internal", "the log says what went wrong");
    return { maintenance: { status: "failed", error: { code: known.code, message: known.message } } };
  }
}
