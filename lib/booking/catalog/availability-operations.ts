import { and, asc, eq, sql } from "drizzle-orm";
import * as z from "zod";
import type { Db } from "../../db/db.ts";
import { admins } from "../../http/access.ts";
import { type Batch, MOST_ITEMS } from "../../http/batch.ts";
import { id } from "../../http/fields.ts";
import { keyPart, pageQuery, sortKey, toPage } from "../../http/responses/pages.ts";
import { breakOf, type Hours, rangeOf } from "../availability/working-hours.ts";
import { providerAvailability } from "../schema.ts";
import type { Maintain } from "../slots/maintain-now.ts";
import { catalogOperations } from "./catalog-operations.ts";
import { type CatalogTable, deleteRows, saveRows } from "./catalog-rows.ts";
import { clockTime, startTime } from "./clock-time.ts";
import { hasDuration, hours, sentHours, weekday } from "./fields.ts";
import { rejectUnknownProviders } from "./references.ts";

const windowKey = z
  .strictObject({ providerId: id, weekday, start: startTime })
  .meta({ id: "WorkingHoursKey", description: "The fields that identify working hours." });

const windowItem = z
  .strictObject({
    ...windowKey.shape,
    ...hours,
    break: z.strictObject(hours).refine(hasDuration.check, hasDuration.error).nullable().default(null),
  })
  .refine(hasDuration.check, hasDuration.error)
  .refine((window) => window.break === null || liesWithin(window.break, window), {
    error: "a break within the window and shorter than it",
    path: ["break"],
  })
  .meta({
    id: "WorkingHoursInput",
    description:
      "Hours on a weekday, local to the provider. Those of a weekday may touch or overlap; overlapping time counts once.",
  });

const workingHours = z
  .object({
    providerId: z.string(),
    weekday,
    ...sentHours,
    break: z.object(sentHours).nullable(),
  })
  .meta({ id: "WorkingHours", description: "Hours in which a provider works on a weekday, local to the provider." });

const windowQuery = z.strictObject({
  providerId: id.optional(),
  ...pageQuery(sortKey(keyPart.text, keyPart.whole, keyPart.whole), { most: MOST_ITEMS, usual: MOST_ITEMS }),
});

type WindowKey = z.output<typeof windowKey>;
type WindowItem = z.output<typeof windowItem>;

const TABLE: CatalogTable = {
  name: "provider_availability",
  key: ["provider_id", "weekday", "start_minute"],
  columns: ["end_minute", "break_start_minute", "break_end_minute"],
};

export const availabilityOperations = (maintain: Maintain) =>
  catalogOperations(
    {
      path: "/api/admin/availability",
      writers: admins,
      ids: { list: "listAvailability", save: "saveAvailability", remove: "deleteAvailability" },
      names: { list: "WorkingHoursList", batch: "WorkingHoursBatch", keyBatch: "WorkingHoursKeyBatch" },
      name: "availability",
      what: "the weekly working hours of providers",
      examples: {
        item: { providerId: "anna", weekday: 0, start: "09:00", end: "17:00" },
        key: { providerId: "anna", weekday: 0, start: "09:00" },
      },
      item: windowItem,
      key: windowKey,
      keyOf: ({ providerId, weekday, start }) => `${providerId} ${weekday} ${clockTime(start)}`,
      stored: workingHours,
      query: windowQuery,
      list: readWindows,
      save: saveWindows,
      remove: (tx, batch) => deleteRows(tx, TABLE, batch, keyRow),
      scope: (items) => ({ providerId: [...new Set(items.map(({ providerId }) => providerId))] }),
    },
    maintain,
  );

const keyRow = ({ providerId, weekday, start }: WindowKey) => ({
  provider_id: providerId,
  weekday,
  start_minute: start,
});

async function saveWindows(tx: Db, batch: Batch<WindowItem>): Promise<void> {
  await rejectUnknownProviders(tx, batch);
  await saveRows(tx, TABLE, batch, (window) => ({
    ...keyRow(window),
    end_minute: window.end,
    break_start_minute: window.break?.start ?? null,
    break_end_minute: window.break?.end ?? null,
  }));
}

async function readWindows(db: Db, { providerId, limit, cursor }: z.output<typeof windowQuery>) {
  const table = providerAvailability;
  const ofProvider = providerId === undefined ? undefined : eq(table.providerId, providerId);
  const after =
    cursor &&
    sql`(${table.providerId}, ${table.weekday}, ${table.startMinute}) > (${cursor[0]}, ${cursor[1]}::bigint, ${cursor[2]}::bigint)`;
  const rows = await db
    .select()
    .from(table)
    .where(and(ofProvider, after))
    .orderBy(asc(table.providerId), asc(table.weekday), asc(table.startMinute))
    .limit(limit + 1);
  return toPage(rows, limit, (row) => [row.providerId, row.weekday, row.startMinute], toWorkingHours);
}

const toWorkingHours = (row: typeof providerAvailability.$inferSelect) => ({
  providerId: row.providerId,
  weekday: row.weekday,
  start: clockTime(row.startMinute),
  end: clockTime(row.endMinute),
  break:
    row.breakStartMinute === null || row.breakEndMinute === null
      ? null
      : { start: clockTime(row.breakStartMinute), end: clockTime(row.breakEndMinute) },
});

/** Whether the break is within the window, on either of its days, and leaves a part of it. */
function liesWithin(breakHours: Hours, window: Hours): boolean {
  const whole = rangeOf(window, 0);
  const part = breakOf(window, breakHours, 0);
  const within = part.from >= whole.from && part.to <= whole.to;
  return within && (part.from > whole.from || part.to < whole.to);
}
