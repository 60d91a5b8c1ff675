import * as z from "zod";
import { type Db, transact } from "../db/db.ts";
import type { ErrorDetail } from "../errors.ts";
import { issueDetail } from "./parse.ts";

/** A batch has up to 1,000 items in one request. Each item is checked separately. */
export const MOST_ITEMS = 1000;

const ITEMS = new WeakMap<z.ZodType, z.ZodType>();

/** The schema with which the items of an envelope are parsed later. */
export const itemOf = (taken: z.ZodType): z.ZodType | undefined => ITEMS.get(taken);

const DOCUMENTED = new WeakMap<z.ZodType, z.ZodType>();

/** The schema that describes a body to clients: of an envelope with its items, otherwise the schema itself. */
export const documentedAs = (body: z.ZodType): z.ZodType => DOCUMENTED.get(body) ?? body;

/**
 * The schema of `{"<key>": [item, ...]}`. Items are parsed one by one later, so that a wrong one does not affect the others.
 * @param item The schema of an item, for the description of the API.
 * @param id The name of the body in the document, such as `WorkoutBatch`.
 */
export const envelope = <K extends string>(key: K, item: z.ZodType, id?: string) => {
  const raw = z.unknown();
  ITEMS.set(raw, item);
  const list = <S extends z.ZodType>(schema: S) => z.array(schema, LIST).min(1, LIST).max(MOST_ITEMS, LIST);
  const body = z.strictObject({ [key]: list(raw) } as Record<K, ReturnType<typeof list<typeof raw>>>);
  if (id !== undefined) DOCUMENTED.set(body, z.strictObject({ [key]: list(item) }).meta({ id }));
  return body;
};

const LIST = { error: `a list of 1 to ${MOST_ITEMS} items` };

const batchAnswer = z.object({
  status: z.enum(["ok", "partial", "error"]),
  taken: z.number().int(),
  failed: z.number().int(),
  results: z.array(
    z.object({
      index: z.number().int(),
      id: z.string().nullable(),
      status: z.enum(["created", "updated", "unchanged", "deleted", "not-found", "error"]),
      error: z.object({ code: z.string(), field: z.string(), expected: z.string(), got: z.string() }).optional(),
    }),
  ),
});

/** The responses of a batch. */
export const BATCH_RESPONSES = {
  200: { about: "Every item was accepted.", schema: batchAnswer },
  207: {
    about: "Some items were accepted; the results of the others say what is wrong with them.",
    schema: batchAnswer,
  },
  422: { about: "No item was accepted, or the body is not such a list.", schema: batchAnswer },
};

export interface ItemError extends ErrorDetail {
  code:
    | "invalid-item"
    | "duplicate"
    | "unknown-user"
    | "unknown-exercise"
    | "unknown-provider"
    | "unknown-service"
    | "in-use";
}

export interface ItemResult {
  index: number;
  id: string | null;
  status: "created" | "updated" | "unchanged" | "deleted" | "not-found" | "error";
  error?: ItemError;
}

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

  /**
   * Responds 200 if every item was accepted, 207 if some were, 422 if none was.
   * @param more Further fields of the response.
   */
  answer(more: Record<string, unknown> = {}): Response {
    const results = this.results.toSorted((a, b) => a.index - b.index);
    const failed = results.filter(({ status }) => status === "error").length;
    const taken = results.length - failed;
    const status = failed === 0 ? "ok" : taken === 0 ? "error" : "partial";
    const code = { ok: 200, partial: 207, error: 422 }[status];
    return Response.json(
      { status, taken, failed, results, ...more },
      { status: code, headers: { "Cache-Control": "no-store" } },
    );
  }

  /** The id of an item in the response: the sender's id, or else its key. */
  #nameOf(value: T): string {
    return rawId(value) ?? this.#idOf(value);
  }

  #fail(index: number, id: string | null, error: ItemError): void {
    this.results.push({ index, id, status: "error", error });
  }
}

/**
 * Processes a batch in one transaction and returns the response. Items are parsed inside, so that a retried transaction starts
 * from the request.
 * @param after Called after the commit; its result is added to the response.
 */
export async function processBatch<T>(
  db: Db,
  input: unknown[] | undefined,
  schema: z.ZodType<T>,
  idOf: (value: T) => string,
  work: (tx: Db, batch: Batch<T>) => Promise<void>,
  after: (touched: T[]) => Promise<Record<string, unknown>> = async () => ({}),
): Promise<Response> {
  const taken = await transact(db, async (tx) => {
    const batch = new Batch(input ?? [], schema, idOf);
    await work(tx, batch);
    return batch;
  });
  return taken.answer(await after(taken.touched));
}

function rawId(raw: unknown): string | null {
  const id = typeof raw === "object" && raw !== null && "id" in raw ? raw.id : null;
  return typeof id === "string" ? id.slice(0, 128) : null;
}
