import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Db, rows } from "../../db/db.ts";
import { lockOnKey } from "../../db/locks.ts";
import { AppError, describeError } from "../../errors.ts";
import { type Batch, envelope, processBatch } from "../../http/batch.ts";
import { defineRoute, method } from "../../http/define-route.ts";
import { flag } from "../../http/fields.ts";
import type { Reply } from "../../http/operation.ts";
import type { Endpoint } from "../../http/respond.ts";
import { batchResponses, batchResult } from "../../http/responses/batch-result.ts";
import { log } from "../../log.ts";
import type { Maintain, MaintenanceScope } from "../slots/maintain-now.ts";

/** One kind of catalog item, such as services (docs/domain.md, section 6). Fields that an item omits get their defaults. */
export interface CatalogKind<Key, Item extends Key, Filter> {
  /** The key of the list in requests and responses. */
  name: string;
  /** A description for use in sentences. */
  what: string;
  /** An item and its key. */
  examples: { item: z.input<z.ZodType<Item>>; key: z.input<z.ZodType<Key>> };
  item: z.ZodType<Item>;
  /** The fields that identify an item. */
  key: z.ZodType<Key>;
  keyOf: (key: Key) => string;
  filter: z.ZodType<Filter>;
  /** Lists items in order, each in the form in which it can be posted. */
  list: (db: Db, filter: Filter) => Promise<object[]>;
  save: (tx: Db, batch: Batch<Item>) => Promise<void>;
  remove: (tx: Db, batch: Batch<Key>, now: Date) => Promise<void>;
  /** The providers or services whose slots depend on the items. */
  scope: (keys: Key[]) => MaintenanceScope;
  /** Whether removing an item also removes its slots. */
  removesSlots?: boolean;
}

const options = z.strictObject({ maintain: flag });

const BATCH_RESPONSES = Object.fromEntries(
  Object.entries(batchResponses(batchResult)).map(([status, { description: about, schema }]) => [
    Number(status),
    { about, schema },
  ]),
);

const asResponse = ({ status, body }: Reply): Response =>
  Response.json(body, { status, headers: { "Cache-Control": "no-store" } });

/**
 * Defines the operator's route for one kind of item: GET lists, POST creates and updates, DELETE deletes. With
 * `maintain=true` the slots are updated during the request, otherwise by the next run of maintenance.
 */
export const defineCatalogRoute =
  <Key, Item extends Key, Filter>(kind: CatalogKind<Key, Item, Filter>) =>
  (maintain: Maintain): Endpoint => {
    const { name, what, keyOf, scope } = kind;
    return defineRoute({
      GET: method({
        summary: `Lists ${what}.`,
        query: kind.filter,
        handle: async ({ db, query }) => {
          return { [name]: await kind.list(db, query) };
        },
      }),
      POST: method({
        summary: `Creates and updates ${what}. Fields that an item omits get their defaults.`,
        example: { [name]: [kind.examples.item] },
        responses: BATCH_RESPONSES,
        query: options,
        body: envelope(name, kind.item),
        handle: async ({ db, body, query, now }) => {
          const save = async (tx: Db, batch: Batch<Item>) => {
            await lockCatalog(tx);
            await kind.save(tx, batch);
          };
          const after = async (items: Item[]) =>
            query.maintain ? runMaintenance(maintain, db, now, scope(items)) : {};
          return asResponse(await processBatch(db, body[name], kind.item, keyOf, save, after));
        },
      }),
      DELETE: method({
        summary: `Deletes ${what}.`,
        example: { [name]: [kind.examples.key] },
        responses: BATCH_RESPONSES,
        query: options,
        body: envelope(name, kind.key),
        handle: async ({ db, body, query, now }) => {
          const remove = async (tx: Db, batch: Batch<Key>) => {
            await lockCatalog(tx);
            await kind.remove(tx, batch, now);
          };
          const remaining = (keys: Key[]) => (kind.removesSlots ? {} : scope(keys));
          const after = async (keys: Key[]) =>
            query.maintain ? runMaintenance(maintain, db, now, remaining(keys)) : {};
          return asResponse(await processBatch(db, body[name], kind.key, keyOf, remove, after));
        },
      }),
    });
  };

/**
 * Lets one batch at a time change the catalog. Batches are few and small, so waiting is cheap: what was checked stays true
 * until it is written, and two batches cannot deadlock on each other's rows.
 */
async function lockCatalog(tx: Db): Promise<void> {
  await rows(tx, sql`select ${lockOnKey("catalog", sql`0`)}`);
}

/** The batch is committed by now, so a failure is reported in the response; the next run of maintenance tries again. */
async function runMaintenance(
  maintain: Maintain,
  db: Db,
  now: Date,
  scope: MaintenanceScope,
): Promise<{ maintenance: Record<string, unknown> }> {
  if (Object.values(scope).flat().length === 0) {
    return { maintenance: { status: "ok", skipped: true, reason: "nothing-to-do" } };
  }
  try {
    return { maintenance: await maintain(db, now, scope) };
  } catch (error) {
    log("error", "setup_maintenance_failed", { error: describeError(error) });
    const { code, message } =
      error instanceof AppError ? error : new AppError("internal", "The maintenance failed; see the log.");
    return { maintenance: { status: "failed", error: { code, message } } };
  }
}
