import { and, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { config } from "../../../config/config.ts";
import { at, type Db } from "../../../db/db.ts";
import { fieldError } from "../../../errors.ts";
import { viewers } from "../../../http/access.ts";
import { dateOrInstant, id, zone } from "../../../http/fields.ts";
import { operation } from "../../../http/operation.ts";
import { keyPart, listOf, pageQuery, sortKey, toPage } from "../../../http/responses/pages.ts";
import { type Period, periodOfDate } from "../../../time/periods.ts";
import { managedBooking } from "../../response-schemas.ts";
import { BOOKING_STATUSES, type Booking, bookings } from "../schema.ts";
import { managedBookingResponse } from "./booking-response.ts";

const listQuery = z.strictObject({
  providerId: id.optional(),
  serviceId: id.optional(),
  status: z.enum(BOOKING_STATUSES).optional().meta({ description: "Only bookings with this status." }),
  from: dateOrInstant.optional().meta({
    description: "The first local date or instant at which a booking may start.",
  }),
  to: dateOrInstant.optional().meta({
    description: "The last local date at which a booking may start, or the instant before which it must start.",
  }),
  timezone: zone.optional().meta({ description: "The zone of local dates; by default the platform's." }),
  ...pageQuery(sortKey(keyPart.instant, keyPart.uuid), { most: 500, usual: 100 }),
});

type ListQuery = z.output<typeof listQuery>;

export const listBookings = operation({
  id: "listBookings",
  method: "GET",
  path: "/api/admin/bookings",
  access: viewers,
  summary: "Lists bookings, the latest start first.",
  sampleQuery: { from: "2026-02-01", to: "2026-03-01T00:00:00Z" },
  query: listQuery,
  responses: { 200: { description: "The bookings.", schema: listOf("ManagedBookingList", managedBooking) } },
  handle: async ({ db, query }) => {
    const rows = await readBookings(db, query, startsOf(query));
    return toPage(rows, query.limit, ({ startsAt, id }) => [startsAt, id], managedBookingResponse);
  },
});

/**
 * When the bookings of a list start.
 * @throws AppError `invalid-parameter` that names `to` if it is not after `from`.
 */
function startsOf({ from, to, timezone = config().timeZone }: ListQuery): Partial<Period> {
  const boundary = (edge: keyof Period, at: string | Date | undefined) =>
    typeof at === "string" ? periodOfDate("day", at, timezone)[edge] : at;
  const start = boundary("start", from);
  const end = boundary("end", to);
  if (start !== undefined && end !== undefined && end <= start) {
    const expected = `a date or an instant after from, ${start.toISOString()}`;
    throw fieldError("invalid-parameter", { field: "to", expected, got: end.toISOString() });
  }
  return { ...(start && { start }), ...(end && { end }) };
}

/** Reads the bookings of a page, and one more if there is a next page. */
function readBookings(
  db: Db,
  { limit, cursor, providerId, serviceId, status }: ListQuery,
  { start, end }: Partial<Period>,
): Promise<Booking[]> {
  const conditions: (SQL | undefined)[] = [
    providerId === undefined ? undefined : eq(bookings.providerId, providerId),
    serviceId === undefined ? undefined : eq(bookings.serviceId, serviceId),
    status === undefined ? undefined : eq(bookings.status, status),
    start && gte(bookings.startsAt, start),
    end && lt(bookings.startsAt, end),
    cursor && sql`(${bookings.startsAt}, ${bookings.id}) < (${at(cursor[0])}, ${cursor[1]}::uuid)`,
  ];
  return db
    .select()
    .from(bookings)
    .where(and(...conditions))
    .orderBy(desc(bookings.startsAt), desc(bookings.id))
    .limit(limit + 1);
}
