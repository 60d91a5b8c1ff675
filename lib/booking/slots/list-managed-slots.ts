import { sql } from "drizzle-orm";
import * as z from "zod";
import { config } from "../../config/config.ts";
import { at, type Db, rows, withInstants } from "../../db/db.ts";
import { fieldError } from "../../errors.ts";
import { viewers } from "../../http/access.ts";
import { dateBefore3000, id } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { sentDate, sentInstant } from "../../http/responses/fields.ts";
import { keyPart, listOf, pageQuery, sortKey, toPage } from "../../http/responses/pages.ts";
import { addDays } from "../../time/dates.ts";
import { DAY_MS } from "../../time/durations.ts";
import { FIRST_CURSOR, loadServices } from "./load-services.ts";
import { planFromSlots } from "./plan-services.ts";

const MAX_DAYS = 31;
const MAX_SLOTS = 1000;

const managedSlot = z
  .object({
    id: z.int(),
    serviceId: z.string(),
    serviceName: z.string().nullable().meta({ description: "Null if the service does not exist any more." }),
    providerId: z.string(),
    localDate: sentDate.meta({ description: "The provider's date at the start." }),
    startsAt: sentInstant,
    endsAt: sentInstant,
    capacity: z.int().meta({ description: "All its places." }),
    booked: z.int().meta({ description: "Booked places." }),
    held: z.int().meta({ description: "Places that customers hold while they book." }),
    conflict: z.boolean().meta({
      description: "Whether places are booked or held although the provider's hours or the service no longer offer it.",
    }),
  })
  .meta({ id: "ManagedSlot", description: "A slot as operators see it, full ones included." });

const listQuery = z.strictObject({
  providerId: id.optional(),
  from: dateBefore3000.meta({ description: "The first date, local to each provider." }),
  to: dateBefore3000.meta({ description: `The last date, included; at most ${MAX_DAYS - 1} days after \`from\`.` }),
  ...pageQuery(sortKey(keyPart.instant, keyPart.whole), { most: MAX_SLOTS, usual: MAX_SLOTS }),
});

type ListQuery = z.output<typeof listQuery>;

export const listManagedSlots = operation({
  id: "listManagedSlots",
  method: "GET",
  path: "/api/admin/slots",
  access: viewers,
  summary: "Lists the slots of some days with their booked and held places, and marks those in conflict.",
  sampleQuery: { from: "2026-02-02", to: "2026-02-08" },
  query: listQuery,
  responses: { 200: { description: "The slots by start.", schema: listOf("ManagedSlotList", managedSlot) } },
  handle: async ({ db, query, now }) => {
    requireOrder(query);
    const page = toPage(await readSlots(db, query, now), query.limit, ({ startsAt, id }) => [startsAt, id]);
    const conflicts = await readConflicts(db, page.items, now);
    return { ...page, items: page.items.map((slot) => ({ ...slot, conflict: conflicts.has(slot.id) })) };
  },
});

function requireOrder({ from, to }: ListQuery): void {
  if (from <= to && to < addDays(from, MAX_DAYS)) return;
  const expected = `a date from ${from} to ${addDays(from, MAX_DAYS - 1)}`;
  throw fieldError("invalid-parameter", { field: "to", expected, got: JSON.stringify(to) });
}

type Slot = Omit<z.output<typeof managedSlot>, "conflict">;
type SlotRow = Omit<Slot, "startsAt" | "endsAt"> & { startsAt: string; endsAt: string };

async function readSlots(db: Db, { providerId, from, to, limit, cursor }: ListQuery, now: Date) {
  // A local date begins at most a day before the same date in UTC, and ends at most a day after.
  const start = new Date(Date.parse(from) - DAY_MS);
  const end = new Date(Date.parse(to) + 2 * DAY_MS);
  const slots = await rows<SlotRow>(
    db,
    sql`select slot.id::float8 as id, service_id as "serviceId", services.name as "serviceName",
        slot.provider_id as "providerId", local_date::text as "localDate", starts_at as "startsAt", ends_at as "endsAt",
        capacity, booked_count as booked,
        case when held_count = 0 then 0 else (select count(*)::int from slot_holds
          where slot_id = slot.id and expires_at > ${at(now)}) end as held
      from booking_slots as slot left join services on services.id = service_id
      where starts_at >= ${at(start)} and starts_at < ${at(end)} and local_date between ${from}::date and ${to}::date
        and ${providerId === undefined ? sql`true` : sql`slot.provider_id = ${providerId}`}
        and ${cursor === undefined ? sql`true` : sql`(starts_at, slot.id) > (${at(cursor[0])}, ${cursor[1]})`}
      order by starts_at, slot.id limit ${limit + 1}`,
  );
  return withInstants(slots, "startsAt", "endsAt");
}

/** The ids of the slots that maintenance would report as conflicts now. Only services with a taken slot are planned. */
async function readConflicts(
  db: Db,
  slots: readonly { serviceId: string; providerId: string; startsAt: Date; booked: number; held: number }[],
  now: Date,
): Promise<Set<number>> {
  const taken = slots.filter(({ booked, held, startsAt }) => booked + held > 0 && startsAt > now);
  if (taken.length === 0) return new Set();
  const serviceIds = [...new Set(taken.map(({ serviceId }) => serviceId))];
  const services = await loadServices(db, { providerIds: undefined, serviceIds }, FIRST_CURSOR, serviceIds.length, now);
  const plans = await planFromSlots(db, services, {
    now,
    // Existing slots after the horizon are compared too.
    daysAhead: 0,
    maxSlots: config().slots.mostPerService,
    forceCleanup: false,
  });
  return new Set(plans.flatMap(({ plan }) => plan.conflicts.map(({ id }) => id)));
}
