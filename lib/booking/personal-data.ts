import { type SQL, sql } from "drizzle-orm";
import type { Person } from "../privacy/person.ts";

/** Selects what an export contains about a customer: their bookings. */
export function bookingSections({ addresses }: Person): Record<string, SQL> {
  const customerAddresses = sql.param(addresses);
  return {
    bookings: sql`select id, service_name, provider_name, provider_timezone, starts_at, ends_at, price, rush_fee_percent,
        category, customer_name, customer_email, language, timezone, status, created_at, updated_at, cancelled_at,
        cancel_reason
      from bookings where customer_email <> '' and lower(customer_email) = any(${customerAddresses}::text[]) order by starts_at, id`,
  };
}
