import { asc, eq } from "drizzle-orm";
import * as z from "zod";
import type { Db } from "../../db/db.ts";
import type { Batch } from "../../http/batch.ts";
import { id } from "../../http/fields.ts";
import { serviceTimeSlots } from "../schema.ts";
import { type CatalogTable, deleteRows, saveRows } from "./catalog-rows.ts";
import { clockTime, startTime } from "./clock-time.ts";
import { defineCatalogRoute } from "./define-catalog-route.ts";
import { count, hasDuration, hours, twoDecimals, weekday } from "./fields.ts";
import { rejectUnknownServices } from "./references.ts";

const timeSlotKey = z.strictObject({ serviceId: id, weekday, start: startTime });

/** A time on a weekday at which a service is offered. Only a peak time may have its own price. */
const timeSlotItem = z
  .strictObject({
    ...timeSlotKey.shape,
    ...hours,
    capacity: count(1, 1000).default(1),
    peak: z.boolean().default(false),
    /** At most 10, so that the highest price with the highest surcharge fits its column. */
    priceMultiplier: twoDecimals(0.01, 10).default(1),
  })
  .refine(hasDuration.check, hasDuration.error)
  .refine(({ peak, priceMultiplier }) => peak || priceMultiplier === 1, {
    error: "1, unless peak is true",
    path: ["priceMultiplier"],
  });

type TimeSlotKey = z.output<typeof timeSlotKey>;
type TimeSlotItem = z.output<typeof timeSlotItem>;

const TABLE: CatalogTable = {
  name: "service_time_slots",
  key: ["service_id", "weekday", "start_minute"],
  columns: ["end_minute", "capacity", "peak", "price_multiplier"],
};

/** `/api/admin/time-slots`: weekly times at which a service is offered. Other weekdays use the provider's hours. */
export const adminTimeSlotsRoute = defineCatalogRoute({
  name: "timeSlots",
  what: "time slots: the weekly times at which services are offered",
  examples: {
    item: { serviceId: "personal-60", weekday: 0, start: "18:00", end: "21:00", capacity: 4 },
    key: { serviceId: "personal-60", weekday: 0, start: "18:00" },
  },
  item: timeSlotItem,
  key: timeSlotKey,
  keyOf: ({ serviceId, weekday, start }) => `${serviceId} ${weekday} ${clockTime(start)}`,
  filter: z.strictObject({ serviceId: id.optional() }),
  list: readTimeSlots,
  save: async (tx, batch: Batch<TimeSlotItem>) => {
    await rejectUnknownServices(tx, batch);
    await saveRows(tx, TABLE, batch, (timeSlot) => ({
      ...keyRow(timeSlot),
      end_minute: timeSlot.end,
      capacity: timeSlot.capacity,
      peak: timeSlot.peak,
      price_multiplier: timeSlot.priceMultiplier,
    }));
  },
  remove: (tx, batch) => deleteRows(tx, TABLE, batch, keyRow),
  scope: (items) => ({ serviceId: [...new Set(items.map(({ serviceId }) => serviceId))] }),
});

const keyRow = ({ serviceId, weekday, start }: TimeSlotKey) => ({
  service_id: serviceId,
  weekday,
  start_minute: start,
});

async function readTimeSlots(db: Db, { serviceId }: { serviceId?: string | undefined }) {
  const table = serviceTimeSlots;
  const rows = await db
    .select()
    .from(table)
    .where(serviceId === undefined ? undefined : eq(table.serviceId, serviceId))
    .orderBy(asc(table.serviceId), asc(table.weekday), asc(table.startMinute));
  return rows.map(({ serviceId, weekday, startMinute, endMinute, capacity, peak, priceMultiplier }) => ({
    serviceId,
    weekday,
    start: clockTime(startMinute),
    end: clockTime(endMinute),
    capacity,
    peak,
    priceMultiplier,
  }));
}
