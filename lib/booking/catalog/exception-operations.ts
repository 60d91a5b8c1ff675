import { and, asc, eq, sql } from "drizzle-orm";
import * as z from "zod";
import type { Db } from "../../db/db.ts";
import { staff } from "../../http/access.ts";
import { type Batch, MOST_ITEMS } from "../../http/batch.ts";
import { calendarDate, id, line } from "../../http/fields.ts";
import { sentDate } from "../../http/responses/fields.ts";
import { keyPart, pageQuery, sortKey, toPage } from "../../http/responses/pages.ts";
import { availabilityExceptions, EXCEPTION_KINDS } from "../schema.ts";
import type { Maintain } from "../slots/maintain-now.ts";
import { catalogOperations } from "./catalog-operations.ts";
import { type CatalogTable, deleteRows, saveRows } from "./catalog-rows.ts";
import { clockTime, startTime } from "./clock-time.ts";
import { hasDuration, hours, sentHours } from "./fields.ts";
import { rejectUnknownProviders } from "./references.ts";

const own = { providerId: id, date: calendarDate };
const reason = line(200).nullable().default(null);
const kinds = { error: "closed, hours or blocked" };

const description =
  "An exception on one local date of a provider: the day is `closed`, has other `hours` than in the week, \
or a span of it is `blocked`.";

const exceptionKey = z
  .discriminatedUnion(
    "kind",
    [
      z.strictObject({ ...own, kind: z.literal("closed") }),
      z.strictObject({ ...own, kind: z.literal(["hours", "blocked"]), start: startTime }),
    ],
    kinds,
  )
  .meta({ id: "ExceptionKey", description: "The fields that identify an exception." });

const exceptionItem = z
  .discriminatedUnion(
    "kind",
    [
      z.strictObject({ ...own, kind: z.literal("closed"), reason }),
      z
        .strictObject({ ...own, kind: z.literal(["hours", "blocked"]), ...hours, reason })
        .refine(hasDuration.check, hasDuration.error),
    ],
    kinds,
  )
  .meta({ id: "ExceptionInput", description });

const sent = { providerId: z.string(), date: sentDate, reason: z.string().nullable() };

const exception = z
  .discriminatedUnion("kind", [
    z.object({ ...sent, kind: z.literal("closed") }),
    z.object({ ...sent, kind: z.literal(["hours", "blocked"]), ...sentHours }),
  ])
  .meta({ id: "AvailabilityException", description });

const kindPart = z.enum(EXCEPTION_KINDS).meta({ examples: ["closed"] });
/** A closed day has no start and comes with -1. */
const exceptionPosition = sortKey(keyPart.text, keyPart.date, kindPart, keyPart.whole);

const exceptionQuery = z.strictObject({
  providerId: id.optional(),
  ...pageQuery(exceptionPosition, { most: MOST_ITEMS, usual: MOST_ITEMS }),
});

type ExceptionKey = z.output<typeof exceptionKey>;
type ExceptionItem = z.output<typeof exceptionItem>;
type ExceptionRow = typeof availabilityExceptions.$inferSelect;

const TABLE: CatalogTable = {
  name: "availability_exceptions",
  key: ["provider_id", "date", "kind", "start_minute"],
  columns: ["end_minute", "reason"],
};

export const exceptionOperations = (maintain: Maintain) =>
  catalogOperations(
    {
      path: "/api/admin/exceptions",
      writers: staff,
      ids: { list: "listExceptions", save: "saveExceptions", remove: "deleteExceptions" },
      names: { list: "ExceptionList", batch: "ExceptionBatch", keyBatch: "ExceptionKeyBatch" },
      name: "exceptions",
      what: "exceptions: dates on which a provider's hours differ from the week",
      examples: {
        item: { providerId: "anna", date: "2026-12-24", kind: "closed" },
        key: { providerId: "anna", date: "2026-12-24", kind: "closed" },
      },
      item: exceptionItem,
      key: exceptionKey,
      keyOf: (exception) => {
        const { providerId, date, kind } = exception;
        return `${providerId} ${date} ${kind === "closed" ? kind : `${kind} ${clockTime(exception.start)}`}`;
      },
      stored: exception,
      query: exceptionQuery,
      list: readExceptions,
      save: saveExceptions,
      remove: (tx, batch) => deleteRows(tx, TABLE, batch, keyRow),
      scope: (items) => ({ providerId: [...new Set(items.map(({ providerId }) => providerId))] }),
    },
    maintain,
  );

const keyRow = (exception: ExceptionKey) => ({
  provider_id: exception.providerId,
  date: exception.date,
  kind: exception.kind,
  start_minute: exception.kind === "closed" ? null : exception.start,
});

async function saveExceptions(tx: Db, batch: Batch<ExceptionItem>): Promise<void> {
  await rejectUnknownProviders(tx, batch);
  await saveRows(tx, TABLE, batch, (exception) => ({
    ...keyRow(exception),
    end_minute: exception.kind === "closed" ? null : exception.end,
    reason: exception.reason,
  }));
}

async function readExceptions(db: Db, { providerId, limit, cursor }: z.output<typeof exceptionQuery>) {
  const table = availabilityExceptions;
  const ofProvider = providerId === undefined ? undefined : eq(table.providerId, providerId);
  const start = sql`coalesce(${table.startMinute}, -1)`;
  const after =
    cursor &&
    sql`(${table.providerId}, ${table.date}, ${table.kind}, ${start}) > (${cursor[0]}, ${cursor[1]}::date, ${cursor[2]}, ${cursor[3]}::bigint)`;
  const rows = await db
    .select()
    .from(table)
    .where(and(ofProvider, after))
    .orderBy(asc(table.providerId), asc(table.date), asc(table.kind), start)
    .limit(limit + 1);
  return toPage(rows, limit, (row) => [row.providerId, row.date, row.kind, row.startMinute ?? -1], toException);
}

function toException({ providerId, date, kind, startMinute, endMinute, reason }: ExceptionRow) {
  const closed = kind === "closed" || startMinute === null || endMinute === null;
  if (closed) return { providerId, date, kind: "closed" as const, reason };
  return { providerId, date, kind, start: clockTime(startMinute), end: clockTime(endMinute), reason };
}
