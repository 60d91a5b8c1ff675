import { sql } from "drizzle-orm";
import * as z from "zod";
import { BOOKING_STATUSES } from "../../booking/bookings/schema.ts";
import { at, type Db, rows, withInstants } from "../../db/db.ts";
import { sentInstant } from "../../http/responses/fields.ts";
import { anyContains, best, type SearchText, uuidRange } from "./search-text.ts";

export const bookingHit = z
  .object({
    id: z.uuid(),
    customerName: z.string(),
    serviceName: z.string(),
    providerName: z.string(),
    providerTimezone: z.string(),
    startsAt: sentInstant,
    status: z.enum(BOOKING_STATUSES),
  })
  .meta({ id: "BookingHit", description: "A booking whose customer, service or id has the text." });

type BookingHit = z.output<typeof bookingHit>;

/** The bookings before and after now among which the text is looked for; an id is found among all. */
const MOST_READ = 10_000;

/** Finds bookings: upcoming ones first, the soonest first, then past ones, the newest first. */
export async function searchBookings(db: Db, text: SearchText, limit: number, now: Date) {
  const range = uuidRange(text);
  const found = await rows<Omit<BookingHit, "startsAt"> & { startsAt: string; customerEmail: string }>(
    db,
    sql`with hits as materialized (
        (select id from (select * from bookings where starts_at > ${at(now)} order by starts_at limit ${MOST_READ}) as upcoming
          where ${hasText(text)} order by starts_at limit ${2 * limit})
        union
        (select id from (select * from bookings where starts_at <= ${at(now)} order by starts_at desc limit ${MOST_READ}) as past
          where ${hasText(text)} order by starts_at desc limit ${2 * limit})
        union
        (select id from bookings
          where ${range === undefined ? sql`false` : sql`id between ${range.first}::uuid and ${range.last}::uuid`} limit ${limit}))
      select id, customer_name as "customerName", customer_email as "customerEmail", service_name as "serviceName",
        provider_name as "providerName", provider_timezone as "providerTimezone", starts_at as "startsAt", status
      from bookings where id in (select id from hits)
      order by starts_at <= ${at(now)}, abs(extract(epoch from starts_at - ${at(now)})), id`,
  );
  const fields = (hit: (typeof found)[number]) => [hit.customerName, hit.customerEmail, hit.serviceName, hit.id];
  const listed = best(found, fields, text, limit).map(({ customerEmail: _, ...hit }) => hit);
  return withInstants(listed, "startsAt");
}

const hasText = (text: SearchText) => anyContains([sql`customer_name`, sql`customer_email`, sql`service_name`], text);
