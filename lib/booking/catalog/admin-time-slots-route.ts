import { asc, eq } from "drizzle-orm";
import * as z from "zod";
import type { Db } from "../../db/db.ts";
import type { Batch } from "../../http/batch.ts";
import { id } from "../../http/fields.ts";
import { serviceTimeSlots } from "../schema.ts";
import { type CatalogTable, deleteRows, saveRows } from "./catalog-rows.ts";
import { clockTime, startTime } from "./clock-time.ts";
import { defineCatalogRoute } from "./define-catalog-route.ts";
import { count, hours, lasts, twoDecimals, weekday } from "./fields.ts";
import { rejectUnknownServices } from "./references.ts";

const timeSlotKey = z.strictObject({ serviceId: id, weekday, start: startTime });

/** When a service is offered on a weekday. Only at peak times does its price change. */
const timeSlotItem = z
  .strictObject({
    ...timeSlotKey.shape,
    ...hours,
    capacity: count(1, 1000).default(1),
    peak: z.boolean().default(false),
    /** Up to 10, so that the dearest service fits its column at the highest surcharge. */
    priceMultiplier: twoDecimals(0.01, 10).default(1),
  })
  .refine(lasts.check, lasts.error)
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

/** `/api/admin/time-slots`: when services are offered, on weekdays on which that is not whenever their provider works. */
export const adminTimeSlotsRoute = defineCatalogRoute({
  name: "timeSlots",
  what: "time slots: when services are offered on a weekday",
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
  scope: (touched) => ({ serviceId: [...new Set(touched.map(({ serviceId }) => serviceId))] }),
});

const keyRow = ({ serviceId, weekday, start }: TimeSlotKey) => ({
  service_id: serviceId,
  weekday,
  start_minute: start,
});

async function readTimeSlots(db: Db, { serviceId }: { serviceId?: string | undefined }) {
  const table = serviceTimeSlots;
  const found = await db
    .select()
    .from(table)
    .where(serviceId === undefined ? undefined : eq(table.serviceId, serviceId))
    .orderBy(asc(table.serviceId), asc(table.weekday), asc(table.startMinute));
  return found.map(({ serviceId, weekday, startMinute, endMinute, capacity, peak, priceMultiplier }) => ({
    serviceId,
    weekday,
    start: clockTime(startMinute),
    end: clockTime(endMinute),
    capacity,
    peak,
    priceMultiplier,
  }));
}
