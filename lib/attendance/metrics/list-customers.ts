import { sql } from "drizzle-orm";
import * as z from "zod";
import { config } from "../../config/config.ts";
import { at, type Db, row } from "../../db/db.ts";
import { viewers } from "../../http/access.ts";
import { whole } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { sentDate } from "../../http/responses/fields.ts";
import { keyPart, listOf, pageQuery, sortKey, toPage } from "../../http/responses/pages.ts";
import { addDays } from "../../time/dates.ts";
import { localDate } from "../../time/periods.ts";
import { MAX_RANGE_DAYS } from "./query-range.ts";

const RISKS = ["high", "medium", "low"] as const;

/** A customer's risk by the number of missed appointments: no-shows and ghosts (docs/domain.md, section 7). */
const HIGH_FROM = 3;
const MEDIUM_FROM = 1;

const risk = z.enum(RISKS, { error: `one of ${RISKS.join(", ")}` }).meta({
  id: "CustomerRisk",
  description: `By the number of missed appointments, which are no-shows and ghosts: \`high\` from ${HIGH_FROM}, \`medium\` from ${MEDIUM_FROM}.`,
});

const customer = z
  .object({
    customer: z.string().meta({ description: "The name as the newest appointment spells it." }),
    risk,
    reliability: z.number().meta({ description: "`completed` of `total`, in percent with two decimals." }),
    total: z.int().meta({ description: "The appointments that are over." }),
    completed: z.int(),
    sold: z.int().meta({ description: "Of `completed`, those with a sale." }),
    noShows: z.int(),
    ghosts: z.int(),
    cancelled: z.int(),
    rescheduled: z.int(),
    overhang: z.int(),
    lastDate: sentDate.meta({ description: "The local date of the newest appointment." }),
    lastNoShow: sentDate.nullable().meta({ description: "The local date of the newest one that was missed." }),
  })
  .meta({ id: "CustomerReliability", description: "How reliably a customer came to the appointments of some days." });

const customerQuery = z.strictObject({
  risk: risk.optional(),
  days: whole(1, MAX_RANGE_DAYS).default(365).meta({ description: "The number of days up to today." }),
  ...pageQuery(sortKey(keyPart.whole, keyPart.number, keyPart.whole), { most: 1_000, usual: 100 }),
});

export const listCustomers = operation({
  id: "listCustomers",
  method: "GET",
  path: "/api/tracking/customers",
  access: viewers,
  summary: "Lists customers and their reliability, the least reliable first.",
  query: customerQuery,
  responses: {
    200: {
      description: "The customers by the number of missed appointments, then by their reliability.",
      schema: z
        .object({
          since: sentDate.meta({ description: "The first local date of the appointments." }),
          total: z.int().meta({ description: "The number of customers on all pages." }),
          ...listOf("CustomerPage", customer).shape,
        })
        .meta({ id: "CustomerList", description: "Customers, the least reliable first." }),
    },
  },
  handle: async ({ db, query, now }) => {
    const since = addDays(localDate(now, config().tracking.zone), 1 - query.days);
    const { total, customers } = await loadCustomers(db, { since, until: now }, query);
    const page = toPage(
      customers,
      query.limit,
      ({ missed, reliability, firstId }) => [missed, reliability, firstId],
      ({ missed: _, firstId: __, ...customer }) => customer,
    );
    return { since, total, ...page };
  },
});

/** The sort key is the missed appointments, the reliability and the first appointment: a cursor must not contain a name. */
interface CustomerRow extends z.output<typeof customer> {
  missed: number;
  firstId: number;
}

/** Skips appointments that have not started or are pending. Reads one customer more than a page has. */
function loadCustomers(
  db: Db,
  { since, until }: { since: string; until: Date },
  { risk, limit, cursor }: z.output<typeof customerQuery>,
): Promise<{ total: number; customers: CustomerRow[] }> {
  return row(
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
          (max(local_date) filter (where outcome in ('no_show', 'ghost')))::text as "lastNoShow",
          min(id) as "firstId"
        from calendar_appointments
        where customer_key is not null and local_date >= ${since}::date and starts_at <= ${at(until)} and gone_at is null
          and outcome not in ('placeholder', 'pending')
        group by customer_key
      ), customers as (
        select customer, case when "noShows" + ghosts >= ${HIGH_FROM} then 'high'
            when "noShows" + ghosts >= ${MEDIUM_FROM} then 'medium' else 'low' end as risk,
          round(100.0 * completed / total, 2)::float8 as reliability, total, completed, sold, "noShows", ghosts, cancelled,
          rescheduled, overhang, "lastDate", "lastNoShow", "noShows" + ghosts as missed, "firstId"
        from totals
      ), listed as (
        select * from customers where ${risk === undefined ? sql`true` : sql`risk = ${risk}`}
      ), page as (
        select * from listed where ${cursor === undefined ? sql`true` : isAfter(cursor)}
        order by missed desc, reliability, "firstId" limit ${limit + 1}
      )
      select (select count(*)::int from listed) as total,
        (select coalesce(jsonb_agg(page order by missed desc, reliability, "firstId"), '[]') from page) as customers`,
  );
}

const isAfter = ([missed, reliability, firstId]: readonly [number, number, number]) =>
  sql`(-missed, reliability, "firstId") > (${-missed}::bigint, ${reliability}::float8, ${firstId}::bigint)`;
