import { and, asc, eq, sql } from "drizzle-orm";
import * as z from "zod";
import type { Db } from "../../db/db.ts";
import { admins } from "../../http/access.ts";
import { type Batch, MOST_ITEMS } from "../../http/batch.ts";
import { id } from "../../http/fields.ts";
import { keyPart, pageQuery, sortKey, toPage } from "../../http/responses/pages.ts";
import { serviceTimeSlots } from "../schema.ts";
import type { Maintain } from "../slots/maintain-now.ts";
import { catalogOperations } from "./catalog-operations.ts";
import { type CatalogTable, deleteRows, saveRows } from "./catalog-rows.ts";
import { clockTime, startTime } from "./clock-time.ts";
import { hasDuration, hours, sentHours, twoDecimals, weekday, wholeNumber } from "./fields.ts";
import { rejectUnknownServices } from "./references.ts";

const capacity = { description: "How many customers can book each of its slots." };
const peak = { description: "Whether this is a peak time, which may have a price of its own." };
const priceMultiplier = { description: "By how much the price of a peak time is multiplied; 1 at other times." };

const timeSlotKey = z
  .strictObject({ serviceId: id, weekday, start: startTime })
  .meta({ id: "TimeSlotKey", description: "The fields that identify a time slot." });

const timeSlotItem = z
  .strictObject({
    ...timeSlotKey.shape,
    ...hours,
    capacity: wholeNumber(1, 1000).default(1).meta(capacity),
    peak: z.boolean().default(false).meta(peak),
    /** At most 10, so that the highest price with the highest surcharge fits its column. */
    priceMultiplier: twoDecimals(0.01, 10).default(1).meta(priceMultiplier),
  })
  .refine(hasDuration.check, hasDuration.error)
  .refine(({ peak, priceMultiplier }) => peak || priceMultiplier === 1, {
    error: "1, unless peak is true",
    path: ["priceMultiplier"],
  })
  .meta({ id: "TimeSlotInput", description: "A time on a weekday at which a service is offered." });

const timeSlot = z
  .object({
    serviceId: z.string(),
    weekday,
    ...sentHours,
    capacity: z.int().meta(capacity),
    peak: z.boolean().meta(peak),
    priceMultiplier: z.number().meta(priceMultiplier),
  })
  .meta({ id: "TimeSlot", description: "A time on a weekday at which a service is offered, local to its provider." });

const timeSlotQuery = z.strictObject({
  serviceId: id.optional(),
  ...pageQuery(sortKey(keyPart.text, keyPart.whole, keyPart.whole), { most: MOST_ITEMS, usual: MOST_ITEMS }),
});

type TimeSlotKey = z.output<typeof timeSlotKey>;
type TimeSlotItem = z.output<typeof timeSlotItem>;

const TABLE: CatalogTable = {
  name: "service_time_slots",
  key: ["service_id", "weekday", "start_minute"],
  columns: ["end_minute", "capacity", "peak", "price_multiplier"],
};

export const timeSlotOperations = (maintain: Maintain) =>
  catalogOperations(
    {
      path: "/api/admin/time-slots",
      writers: admins,
      ids: { list: "listTimeSlots", save: "saveTimeSlots", remove: "deleteTimeSlots" },
      names: { list: "TimeSlotList", batch: "TimeSlotBatch", keyBatch: "TimeSlotKeyBatch" },
      name: "timeSlots",
      what: "time slots: the weekly times at which services are offered",
      saving: "On a weekday without time slots, a service is offered in the hours of its provider.",
      examples: {
        item: { serviceId: "personal-60", weekday: 0, start: "18:00", end: "21:00", capacity: 4 },
        key: { serviceId: "personal-60", weekday: 0, start: "18:00" },
      },
      item: timeSlotItem,
      key: timeSlotKey,
      keyOf: ({ serviceId, weekday, start }) => `${serviceId} ${weekday} ${clockTime(start)}`,
      stored: timeSlot,
      query: timeSlotQuery,
      list: readTimeSlots,
      save: saveTimeSlots,
      remove: (tx, batch) => deleteRows(tx, TABLE, batch, keyRow),
      scope: (items) => ({ serviceId: [...new Set(items.map(({ serviceId }) => serviceId))] }),
    },
    maintain,
  );

const keyRow = ({ serviceId, weekday, start }: TimeSlotKey) => ({
  service_id: serviceId,
  weekday,
  start_minute: start,
});

async function saveTimeSlots(tx: Db, batch: Batch<TimeSlotItem>): Promise<void> {
  await rejectUnknownServices(tx, batch);
  await saveRows(tx, TABLE, batch, (timeSlot) => ({
    ...keyRow(timeSlot),
    end_minute: timeSlot.end,
    capacity: timeSlot.capacity,
    peak: timeSlot.peak,
    price_multiplier: timeSlot.priceMultiplier,
  }));
}

async function readTimeSlots(db: Db, { serviceId, limit, cursor }: z.output<typeof timeSlotQuery>) {
  const table = serviceTimeSlots;
  const ofService = serviceId === undefined ? undefined : eq(table.serviceId, serviceId);
  const after =
    cursor &&
    sql`(${table.serviceId}, ${table.weekday}, ${table.startMinute}) > (${cursor[0]}, ${cursor[1]}::bigint, ${cursor[2]}::bigint)`;
  const rows = await db
    .select()
    .from(table)
    .where(and(ofService, after))
    .orderBy(asc(table.serviceId), asc(table.weekday), asc(table.startMinute))
    .limit(limit + 1);
  return toPage(rows, limit, (row) => [row.serviceId, row.weekday, row.startMinute], toTimeSlot);
}

const toTimeSlot = ({ id: _, startMinute, endMinute, ...row }: typeof serviceTimeSlots.$inferSelect) => ({
  ...row,
  start: clockTime(startMinute),
  end: clockTime(endMinute),
});
