import { asc, eq } from "drizzle-orm";
import * as z from "zod";
import type { Db } from "../../db/db.ts";
import type { Batch } from "../../http/batch.ts";
import { id } from "../../http/fields.ts";
import { breakOf, type Hours, rangeOf } from "../availability/working-hours.ts";
import { providerAvailability } from "../schema.ts";
import { type CatalogTable, deleteRows, saveRows } from "./catalog-rows.ts";
import { clockTime, startTime } from "./clock-time.ts";
import { defineCatalogRoute } from "./define-catalog-route.ts";
import { hasDuration, hours, weekday } from "./fields.ts";
import { rejectUnknownProviders } from "./references.ts";

const windowKey = z.strictObject({ providerId: id, weekday, start: startTime });

/** A window in a provider's week. Windows of a weekday may touch or overlap; overlapping time counts once. */
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
  });

type WindowKey = z.output<typeof windowKey>;
type WindowItem = z.output<typeof windowItem>;

const TABLE: CatalogTable = {
  name: "provider_availability",
  key: ["provider_id", "weekday", "start_minute"],
  columns: ["end_minute", "break_start_minute", "break_end_minute"],
};

/** `/api/admin/availability`: the weekly working hours of providers, in their own time zones. */
export const adminAvailabilityRoute = defineCatalogRoute({
  name: "availability",
  what: "the weekly working hours of providers",
  examples: {
    item: { providerId: "anna", weekday: 0, start: "09:00", end: "17:00" },
    key: { providerId: "anna", weekday: 0, start: "09:00" },
  },
  item: windowItem,
  key: windowKey,
  keyOf: ({ providerId, weekday, start }) => `${providerId} ${weekday} ${clockTime(start)}`,
  filter: z.strictObject({ providerId: id.optional() }),
  list: readWindows,
  save: async (tx, batch: Batch<WindowItem>) => {
    await rejectUnknownProviders(tx, batch);
    await saveRows(tx, TABLE, batch, (window) => ({
      ...keyRow(window),
      end_minute: window.end,
      break_start_minute: window.break?.start ?? null,
      break_end_minute: window.break?.end ?? null,
    }));
  },
  remove: (tx, batch) => deleteRows(tx, TABLE, batch, keyRow),
  scope: (items) => ({ providerId: [...new Set(items.map(({ providerId }) => providerId))] }),
});

const keyRow = ({ providerId, weekday, start }: WindowKey) => ({
  provider_id: providerId,
  weekday,
  start_minute: start,
});

async function readWindows(db: Db, { providerId }: { providerId?: string | undefined }) {
  const table = providerAvailability;
  const rows = await db
    .select()
    .from(table)
    .where(providerId === undefined ? undefined : eq(table.providerId, providerId))
    .orderBy(asc(table.providerId), asc(table.weekday), asc(table.startMinute));
  return rows.map(({ providerId, weekday, startMinute, endMinute, breakStartMinute, breakEndMinute }) => ({
    providerId,
    weekday,
    start: clockTime(startMinute),
    end: clockTime(endMinute),
    break:
      breakStartMinute === null || breakEndMinute === null
        ? null
        : { start: clockTime(breakStartMinute), end: clockTime(breakEndMinute) },
  }));
}

/** Whether the break is within the window, on either of its days, and leaves a part of it. */
function liesWithin(breakHours: Hours, window: Hours): boolean {
  const whole = rangeOf(window, 0);
  const part = breakOf(window, breakHours, 0);
  const within = part.from >= whole.from && part.to <= whole.to;
  return within && (part.from > whole.from || part.to < whole.to);
}
