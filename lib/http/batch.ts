import * as z from "zod";
import { type Db, transact } from "../db/db.ts";
import { Reply } from "./operation.ts";
import { issueDetail } from "./parse.ts";
import type { BatchResult, ItemError, ItemResult } from "./responses/batch-result.ts";

/** A batch has up to 1,000 items in one request. Each item is checked separately. */
export const MOST_ITEMS = 1000;

const DOCUMENTED = new WeakMap<z.ZodType, z.ZodType>();

/** The schema that describes a body to clients: of an envelope with its items, otherwise the schema itself. */
export const documentedAs = (body: z.ZodType): z.ZodType => DOCUMENTED.get(body) ?? body;

/**
 * The schema of `{"<key>": [item, ...]}`. Items are parsed one by one later, so that a wrong one does not affect the others.
 * @param item The schema of an item, for the description of the API.
 * @param id The name of the body in the document, such as `WorkoutBatch`.
 */
export const envelope = <K extends string>(key: K, item: z.ZodType, id: string) => {
  const raw = z.unknown();
  const list = <S extends z.ZodType>(schema: S) => z.array(schema, LIST).min(1, LIST).max(MOST_ITEMS, LIST);
  const body = z.strictObject({ [key]: list(raw) } as Record<K, ReturnType<typeof list<typeof raw>>>);
  DOCUMENTED.set(body, z.strictObject({ [key]: list(item) }).meta({ id, description: BATCH }));
  return body;
};

const BATCH = `Up to ${MOST_ITEMS} items. Each is judged by itself.`;

const LIST = { error: `a list of 1 to ${MOST_ITEMS} items` };

/** An item that was parsed, with its position in the batch. */
export interface Item<T> {
  index: number;
  value: T;
}

/** A batch in progress: the items that are still good, and the results so far. */
export class Batch<T> {
  items: Item<T>[] = [];
  /** The items that were written or deleted. */
  readonly touched: T[] = [];
  readonly results: ItemResult[] = [];
  readonly #idOf: (value: T) => string;

  /** Parses the items. If several have the same id, the first counts and the others are errors. */
  constructor(input: unknown[], schema: z.ZodType<T>, idOf: (value: T) => string) {
    this.#idOf = idOf;
    const seen = new Set<string>();
    for (const [index, raw] of input.entries()) {
      const parsed = schema.safeParse(raw);
      if (!parsed.success) {
        this.#fail(index, rawId(raw), { code: "invalid-item", ...issueDetail(parsed.error, raw) });
        continue;
      }
      const id = idOf(parsed.data);
      if (seen.has(id)) {
        const name = this.#nameOf(parsed.data);
        this.#fail(index, name, {
          code: "duplicate",
          field: "id",
          expected: "each id once in a batch",
          got: `${name} again`,
        });
        continue;
      }
      seen.add(id);
      this.items.push({ index, value: parsed.data });
    }
  }

  /** Rejects the items for which `check` returns an error. */
  reject(check: (value: T) => ItemError | undefined): void {
    this.items = this.items.filter(({ index, value }) => {
      const error = check(value);
      if (error !== undefined) this.#fail(index, this.#nameOf(value), error);
      return error === undefined;
    });
  }

  settle({ index, value }: Item<T>, status: ItemResult["status"]): void {
    if (status !== "not-found") this.touched.push(value);
    this.results.push({ index, id: this.#nameOf(value), status });
  }

  /** What became of the items, in their order. */
  result(): BatchResult {
    const results = this.results.toSorted((a, b) => a.index - b.index);
    const failed = results.filter(({ status }) => status === "error").length;
    return { taken: results.length - failed, failed, results };
  }

  /** The id of an item in the response: the sender's id, or else its key. */
  #nameOf(value: T): string {
    return rawId(value) ?? this.#idOf(value);
  }

  #fail(index: number, id: string | null, error: ItemError): void {
    this.results.push({ index, id, status: "error", error });
  }
}

type BatchReply<Body> = Reply<200, Body> | Reply<207, Body> | Reply<422, Body>;

/**
 * Processes a batch in one transaction. Items are parsed inside, so that a retried transaction starts from the request.
 * @param after Called after the commit; its result is added to the answer.
 * @returns 200 if every item was accepted, 207 if some were, 422 if none was.
 */
export async function processBatch<T, More extends object = object>(
  db: Db,
  input: unknown[] | undefined,
  schema: z.ZodType<T>,
  idOf: (value: T) => string,
  work: (tx: Db, batch: Batch<T>) => Promise<void>,
  after?: (touched: T[]) => Promise<More>,
): Promise<BatchReply<BatchResult & Partial<More>>> {
  const batch = await transact(db, async (tx) => {
    const batch = new Batch(input ?? [], schema, idOf);
    await work(tx, batch);
    return batch;
  });
  const result = batch.result();
  const more: Partial<More> = (await after?.(batch.touched)) ?? {};
  const body = { ...result, ...more };
  if (result.failed === 0) return new Reply(200, body);
  return result.taken === 0 ? new Reply(422, body) : new Reply(207, body);
}

function rawId(raw: unknown): string | null {
  const id = typeof raw === "object" && raw !== null && "id" in raw ? raw.id : null;
  return typeof id === "string" ? id.slice(0, 128) : null;
}
