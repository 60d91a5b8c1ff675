import { and, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { at, type Db } from "../../../db/db.ts";
import { fieldError } from "../../../errors.ts";
import { defineRoute, method } from "../../../http/define-route.ts";
import { id, instant, whole } from "../../../http/fields.ts";
import { BOOKING_STATUSES, type Booking, bookings } from "../schema.ts";
import { adminBookingResponse } from "./booking-response.ts";

const CURSOR = "the `next` of a page";

/** The end of a page: the start and the id of its last booking. */
const cursor = z
  .string({ error: CURSOR })
  .regex(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z_[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/, { error: CURSOR })
  .meta({ examples: ["2026-02-02T18:30:00.000Z_00000000-0000-4000-8000-000000000000"] })
  .transform((text) => ({ startsAt: new Date(text.slice(0, 24)), id: text.slice(25) }))
  .refine(({ startsAt }) => !Number.isNaN(startsAt.getTime()), { error: CURSOR });

const listQuery = z.strictObject({
  providerId: id.optional(),
  serviceId: id.optional(),
  status: z.enum(BOOKING_STATUSES).optional(),
  from: instant.optional(),
  to: instant.optional(),
  limit: whole(1, 500).default(100),
  before: cursor.optional(),
});

type ListQuery = z.output<typeof listQuery>;

/**
 * `GET /api/admin/bookings`: lists bookings for operators, the latest start first. It includes bookings that start at or
 * after the instant `from` and before `to`. To get the next page, pass `next` as `before`.
 */
export const adminBookingsRoute = defineRoute({
  GET: method({
    summary: "Lists bookings, the latest start first. To get the next page, pass `next` as `before`.",
    sampleQuery: { from: "2026-02-01T00:00:00Z", to: "2026-03-01T00:00:00Z" },
    query: listQuery,
    handle: async ({ db, query }) => {
      requireOrderedRange(query);
      const page = await listBookings(db, query);
      return { status: "ok", bookings: page.map(adminBookingResponse), next: nextCursor(page, query.limit) };
    },
  }),
});

function requireOrderedRange({ from, to }: ListQuery): void {
  if (from === undefined || to === undefined || from < to) return;
  const expected = `an instant after from, ${from.toISOString()}`;
  throw fieldError("invalid-parameter", { field: "to", expected, got: to.toISOString() });
}

function listBookings(
  db: Db,
  { limit, before, providerId, serviceId, status, from, to }: ListQuery,
): Promise<Booking[]> {
  const conditions: (SQL | undefined)[] = [
    providerId === undefined ? undefined : eq(bookings.providerId, providerId),
    serviceId === undefined ? undefined : eq(bookings.serviceId, serviceId),
    status === undefined ? undefined : eq(bookings.status, status),
    from && gte(bookings.startsAt, from),
    to && lt(bookings.startsAt, to),
    before && sql`(${bookings.startsAt}, ${bookings.id}) < (${at(before.startsAt)}, ${before.id}::uuid)`,
  ];
  return db
    .select()
    .from(bookings)
    .where(and(...conditions))
    .orderBy(desc(bookings.startsAt), desc(bookings.id))
    .limit(limit);
}

function nextCursor(page: Booking[], limit: number): string | null {
  const last = page.at(-1);
  return last === undefined || page.length < limit ? null : `${last.startsAt.toISOString()}_${last.id}`;
}
