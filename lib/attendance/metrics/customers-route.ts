import { sql } from "drizzle-orm";
import * as z from "zod";
import { config } from "../../config/config.ts";
import { at, type Db, rows } from "../../db/db.ts";
import { defineRoute, method } from "../../http/define-route.ts";
import { whole } from "../../http/fields.ts";
import { addDays } from "../../time/dates.ts";
import { localDate } from "../../time/periods.ts";
import { MAX_RANGE_DAYS } from "./query-range.ts";

const RISKS = ["high", "medium", "low"] as const;

/** A customer's risk by the number of missed appointments: no-shows and ghosts (docs/domain.md, section 7). */
const HIGH_FROM = 3;
const MEDIUM_FROM = 1;

/** `GET /api/tracking/customers?risk&days&limit`: customers and their reliability, the least reliable first. */
export const trackingCustomersRoute = defineRoute({
  GET: method({
    summary: "Customers and their reliability, the least reliable first.",
    query: z.strictObject({
      risk: z.enum(RISKS, { error: `one of ${RISKS.join(", ")}` }).optional(),
      days: whole(1, MAX_RANGE_DAYS).default(365),
      limit: whole(1, 1_000).default(100),
    }),
    handle: async ({ db, query: { risk, days, limit }, now }) => {
      const since = addDays(localDate(now, config().tracking.zone), 1 - days);
      const customers = await loadCustomers(db, { since, until: now }, risk, limit);
      const total = customers[0]?.all ?? 0;
      return { status: "ok", since, total, customers: customers.map(({ all: _, ...customer }) => customer) };
    },
  }),
});

interface Customer {
  customer: string;
  risk: (typeof RISKS)[number];
  /** Completed of all appointments that are over, in percent. */
  reliability: number;
  total: number;
  completed: number;
  sold: number;
  noShows: number;
  ghosts: number;
  cancelled: number;
  rescheduled: number;
  overhang: number;
  lastDate: string;
  lastNoShow: string | null;
  /** How many customers there are in all. */
  all: number;
}

/** Skips appointments that have not started or are pending. Shows a name as its newest appointment spells it. */
function loadCustomers(
  db: Db,
  { since, until }: { since: string; until: Date },
  risk: Customer["risk"] | undefined,
  limit: number,
): Promise<Customer[]> {
  return rows(
    db,
    sql`with totals as (
        select customer_key, (array_agg(customer_name order by starts_at desc))[1] as customer, count(*)::int as total,
          (count(*) filter (where outcome = 'completed'))::int as completed,
          (count(*) filter (where outcome = 'completed' and sold))::int as sold,
          (count(*) filter (where outcome = 'no_show'))::int as "noShows",
          (count(*) filter (where outcome = 'ghost'))::int as ghosts,
          (count(*) filter (where outcome = 'cancelled'))::int as cancelled,
          (count(*) filter (where outcome = 'rescheduled'))::int as rescheduled,
          (count(*) filter (where outcome = 'overhang'))::int as overhang,
          max(local_date)::text as "lastDate",
          (max(local_date) filter (where outcome in ('no_show', 'ghost')))::text as "lastNoShow"
        from calendar_appointments
        where customer_key is not null and local_date >= ${since}::date and starts_at <= ${at(until)} and gone_at is null
          and outcome not in ('placeholder', 'pending')
        group by customer_key
      ), customers as (
        select totals.*, round(100.0 * completed / total, 2)::float8 as reliability,
          case when "noShows" + ghosts >= ${HIGH_FROM} then 'high'
            when "noShows" + ghosts >= ${MEDIUM_FROM} then 'medium' else 'low' end as risk
        from totals
      )
      select customer, risk, reliability, total, completed, sold, "noShows", ghosts, cancelled, rescheduled, overhang,
        "lastDate", "lastNoShow", (count(*) over ())::int as "all"
      from customers where ${risk === undefined ? sql`true` : sql`risk = ${risk}`}
      order by "noShows" + ghosts desc, reliability, customer_key limit ${limit}`,
  );
}
