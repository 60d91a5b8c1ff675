import { and, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { at, type Db } from "../../../db/db.ts";
import { fieldError } from "../../../errors.ts";
import { defineRoute, method } from "../../../http/define-route.ts";
import { id, instant, whole } from "../../../http/fields.ts";
import { type Booking, bookings } from "../schema.ts";
import { STATUSES } from "../set-status.ts";
import { operatorsAnswer } from "./booking-response.ts";

/** Where a page ends: the start and the id of its last booking. */
const cursor = z
  .string({ error: "the next of a page" })
  .regex(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z_[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/, { error: "the next of a page" })
  .meta({ examples: ["2026-02-02T18:30:00.000Z_00000000-0000-4000-8000-000000000000"] })
  .transform((text) => ({ startsAt: new Date(text.slice(0, 24)), id: text.slice(25) }))
  .refine(({ startsAt }) => !Number.isNaN(startsAt.getTime()), { error: "the next of a page" });

const filter = z.strictObject({
  providerId: id.optional(),
  serviceId: id.optional(),
  status: z.enum(STATUSES).optional(),
  from: instant.optional(),
  to: instant.optional(),
  limit: whole(1, 500).default(100),
  before: cursor.optional(),
});

/**
 * `/api/admin/bookings`: GET lists bookings for the operator, the latest start first; `from` and `to` are instants, and
 * those that start from the one on and before the other are listed. `next`, as `before` of another request, has more.
 */
export const adminBookingsRoute = defineRoute({
  GET: method({
    summary: "Bookings, the latest start first; `next`, as `before` of another request, has more.",
    asked: { from: "2026-02-01T00:00:00Z", to: "2026-03-01T00:00:00Z" },
    query: filter,
    handle: async ({ db, query }) => {
      requireForward(query);
      const page = await listBookings(db, query);
      return { status: "ok", bookings: page.map(operatorsAnswer), next: nextOf(page, query.limit) };
    },
  }),
});

function requireForward({ from, to }: z.output<typeof filter>): void {
  if (from === undefined || to === undefined || from < to) return;
  const expected = `an instant after from, ${from.toISOString()}`;
  throw fieldError("invalid-parameter", { field: "to", expected, got: to.toISOString() });
}

function listBookings(db: Db, { limit, before, ...wanted }: z.output<typeof filter>): Promise<Booking[]> {
  const { providerId, serviceId, status, from, to } = wanted;
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

function nextOf(page: Booking[], limit: number): string | null {
  const last = page.at(-1);
  return last === undefined || page.length < limit ? null : `${last.startsAt.toISOString()}_${last.id}`;
}
