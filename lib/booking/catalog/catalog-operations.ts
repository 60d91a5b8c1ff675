import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Actor } from "../../audit/actor.ts";
import { type Db, rows } from "../../db/db.ts";
import { lockOnKey } from "../../db/locks.ts";
import { AppError, describeError } from "../../errors.ts";
import { type admins, viewers } from "../../http/access.ts";
import { type Batch, envelope, processBatch } from "../../http/batch.ts";
import type { OperatorCaller } from "../../http/caller.ts";
import { flag } from "../../http/fields.ts";
import { type Operation, operation } from "../../http/operation.ts";
import { batchResponses, batchResult } from "../../http/responses/batch-result.ts";
import { listOf, type Page } from "../../http/responses/pages.ts";
import { log } from "../../log.ts";
import type { Maintain, MaintenanceScope } from "../slots/maintain-now.ts";
import { type MaintenanceAnswer, maintenanceAnswer } from "../slots/maintenance-run.ts";

/** One kind of catalog item, such as services (docs/domain.md, section 6). Fields that an item omits get their defaults. */
export interface CatalogKind<Key, Item extends Key, Stored, Query> {
  path: string;
  /** The ids of its operations. */
  ids: { list: string; save: string; remove: string };
  /** The names in the document of its list and its batches. */
  names: { list: string; batch: string; keyBatch: string };
  /** The key of the list in requests. */
  name: string;
  /** A description for use in sentences. */
  what: string;
  /** More sentences about saving and removing. */
  saving?: string;
  removing?: string;
  /** An item and its key. */
  examples: { item: z.input<z.ZodType<Item>>; key: z.input<z.ZodType<Key>> };
  item: z.ZodType<Item>;
  /** The fields that identify an item. */
  key: z.ZodType<Key>;
  keyOf: (key: Key) => string;
  /** An item as it is listed: with all fields, in the form in which it can be sent. */
  stored: z.ZodType<unknown, Stored>;
  /** The query of the list: its filter, and which page. */
  query: z.ZodType<Query>;
  /** Who may change the items. Everyone who reads may list them. */
  writers: typeof admins;
  list: (db: Db, query: Query) => Promise<Page<Stored>>;
  save: (tx: Db, batch: Batch<Item>) => Promise<void>;
  remove: (tx: Db, batch: Batch<Key>, now: Date) => Promise<void>;
  /** The providers or services whose slots depend on the items. */
  scope: (keys: Key[]) => MaintenanceScope;
  /** Whether removing an item also removes its slots. */
  removesSlots?: boolean;
}

const options = z.strictObject({ maintain: flag });

const catalogBatchResult = z
  .object({ ...batchResult.shape, maintenance: maintenanceAnswer.optional().meta({ description: "With `maintain`." }) })
  .meta({ id: "CatalogBatchResult", description: "What became of each item of a batch, and of the slots." });

/**
 * The operator's operations on one kind of item: listing, creating and updating, deleting. With `maintain=true` the slots are
 * updated during the request, otherwise by the next run of maintenance.
 */
export function catalogOperations<Key, Item extends Key, Stored, Query>(
  kind: CatalogKind<Key, Item, Stored, Query>,
  maintain: Maintain,
): Operation[] {
  const { path, ids, names, name, what, keyOf, scope } = kind;
  const maintained = (
    { db, now, caller }: { db: Db; now: Date; caller: OperatorCaller },
    scopeOf: (keys: Key[]) => MaintenanceScope,
  ) => {
    return async (keys: Key[]) => ({
      maintenance: await runMaintenance(maintain, db, now, scopeOf(keys), caller.actor),
    });
  };
  return [
    operation({
      id: ids.list,
      method: "GET",
      path,
      access: viewers,
      summary: `Lists ${what}.`,
      revalidates: true,
      query: kind.query,
      responses: { 200: { description: "Items as they can be saved again.", schema: listOf(names.list, kind.stored) } },
      handle: ({ db, query }) => kind.list(db, query),
    }),
    operation({
      id: ids.save,
      method: "POST",
      path,
      access: kind.writers,
      summary: `Creates and updates ${what}.`,
      description: sentences("Fields that an item omits get their defaults.", kind.saving),
      example: { [name]: [kind.examples.item] },
      query: options,
      body: envelope(name, kind.item, names.batch),
      responses: batchResponses(catalogBatchResult),
      handle: ({ db, body, query, now, caller }) => {
        const save = async (tx: Db, batch: Batch<Item>) => {
          await lockCatalog(tx);
          await kind.save(tx, batch);
        };
        const after = query.maintain ? maintained({ db, now, caller }, scope) : undefined;
        return processBatch(db, body[name], kind.item, keyOf, save, after);
      },
    }),
    operation({
      id: ids.remove,
      method: "DELETE",
      path,
      access: kind.writers,
      summary: `Deletes ${what}.`,
      ...(kind.removing && { description: kind.removing }),
      example: { [name]: [kind.examples.key] },
      query: options,
      body: envelope(name, kind.key, names.keyBatch),
      responses: batchResponses(catalogBatchResult),
      handle: ({ db, body, query, now, caller }) => {
        const remove = async (tx: Db, batch: Batch<Key>) => {
          await lockCatalog(tx);
          await kind.remove(tx, batch, now);
        };
        const remaining = (keys: Key[]) => (kind.removesSlots ? {} : scope(keys));
        const after = query.maintain ? maintained({ db, now, caller }, remaining) : undefined;
        return processBatch(db, body[name], kind.key, keyOf, remove, after);
      },
    }),
  ];
}

const sentences = (...parts: (string | undefined)[]): string => parts.filter((part) => part !== undefined).join(" ");

/**
 * Lets one batch at a time change the catalog. Batches are few and small, so waiting is cheap: what was checked stays true
 * until it is written, and two batches cannot deadlock on each other's rows.
 */
async function lockCatalog(tx: Db): Promise<void> {
  await rows(tx, sql`select ${lockOnKey("catalog", sql`0`)}`);
}

/** The batch is committed by now, so a failure is reported in the answer; the next run of maintenance tries again. */
async function runMaintenance(
  maintain: Maintain,
  db: Db,
  now: Date,
  scope: MaintenanceScope,
  actor: Actor,
): Promise<MaintenanceAnswer> {
  if (Object.values(scope).flat().length === 0) return { status: "skipped", reason: "nothing-to-do" };
  try {
    return await maintain(db, now, scope, actor);
  } catch (error) {
    log("error", "setup_maintenance_failed", { error: describeError(error) });
    const { code, message } =
      error instanceof AppError ? error : new AppError("internal", "The maintenance failed; see the log.");
    return { status: "failed", error: { code, message } };
  }
}
