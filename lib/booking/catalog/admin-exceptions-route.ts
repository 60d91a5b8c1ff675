import { asc, eq } from "drizzle-orm";
import * as z from "zod";
import type { Db } from "../../db/db.ts";
import type { Batch } from "../../http/batch.ts";
import { calendarDate, id, line } from "../../http/fields.ts";
import { availabilityExceptions } from "../schema.ts";
import { type CatalogTable, deleteRows, saveRows } from "./catalog-rows.ts";
import { clockTime, startTime } from "./clock-time.ts";
import { defineCatalogRoute } from "./define-catalog-route.ts";
import { hasDuration, hours } from "./fields.ts";
import { rejectUnknownProviders } from "./references.ts";

const own = { providerId: id, date: calendarDate };
const reason = line(200).nullable().default(null);
const kinds = { error: "closed, hours or blocked" };

const exceptionKey = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ ...own, kind: z.literal("closed") }),
    z.strictObject({ ...own, kind: z.literal(["hours", "blocked"]), start: startTime }),
  ],
  kinds,
);

/** An exception on one date of a provider: closed, other hours than in the week, or a blocked span. */
const exceptionItem = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ ...own, kind: z.literal("closed"), reason }),
    z
      .strictObject({ ...own, kind: z.literal(["hours", "blocked"]), ...hours, reason })
      .refine(hasDuration.check, hasDuration.error),
  ],
  kinds,
);

type ExceptionKey = z.output<typeof exceptionKey>;
type ExceptionItem = z.output<typeof exceptionItem>;

const TABLE: CatalogTable = {
  name: "availability_exceptions",
  key: ["provider_id", "date", "kind", "start_minute"],
  columns: ["end_minute", "reason"],
};

/** `/api/admin/exceptions`: dates on which a provider's hours differ from the week. */
export const adminExceptionsRoute = defineCatalogRoute({
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
  filter: z.strictObject({ providerId: id.optional() }),
  list: readExceptions,
  save: async (tx, batch: Batch<ExceptionItem>) => {
    await rejectUnknownProviders(tx, batch);
    await saveRows(tx, TABLE, batch, (exception) => ({
      ...keyRow(exception),
      end_minute: exception.kind === "closed" ? null : exception.end,
      reason: exception.reason,
    }));
  },
  remove: (tx, batch) => deleteRows(tx, TABLE, batch, keyRow),
  scope: (items) => ({ providerId: [...new Set(items.map(({ providerId }) => providerId))] }),
});

const keyRow = (exception: ExceptionKey) => ({
  provider_id: exception.providerId,
  date: exception.date,
  kind: exception.kind,
  start_minute: exception.kind === "closed" ? null : exception.start,
});

async function readExceptions(db: Db, { providerId }: { providerId?: string | undefined }) {
  const table = availabilityExceptions;
  const rows = await db
    .select()
    .from(table)
    .where(providerId === undefined ? undefined : eq(table.providerId, providerId))
    .orderBy(asc(table.providerId), asc(table.date), asc(table.kind), asc(table.startMinute));
  return rows.map(({ providerId, date, kind, startMinute, endMinute, reason }) => ({
    providerId,
    date,
    kind,
    ...(startMinute === null || endMinute === null ? {} : { start: clockTime(startMinute), end: clockTime(endMinute) }),
    reason,
  }));
}
