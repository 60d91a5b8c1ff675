import { type SQL, sql } from "drizzle-orm";
import { type Db, rows } from "../db/db.ts";
import { mentionsAddress, withoutAddresses } from "../privacy/match-person.ts";
import type { Person } from "../privacy/person.ts";
import { lockAttendance } from "./appointment-store.ts";
import { UNKNOWN_CONSULTANT } from "./classification/consultant.ts";
import { parseCustomer } from "./classification/customer.ts";
import { recomputeDays } from "./metrics/daily-metrics.ts";

/**
 * Finds and erases a person in the attendance. A title contains a customer's name and no address, so customers are found only
 * by the names that the operator gives (`--name`). The name in a booking would not be safe: its author can type any name, and
 * could read or erase another person's appointments.
 */

const customerKeys = ({ names }: Person): string[] =>
  names.map((name) => parseCustomer(name)?.key ?? name.toLowerCase());

/** Condition on `calendar_appointments`: the person is the customer. */
function isCustomer(person: Person): SQL {
  return sql`(customer_key = any(${sql.param(customerKeys(person))}::text[]) or ${mentionsAddress(sql`title`, person)})`;
}

/** Condition on `calendar_appointments`: the person is the consultant, or booked the appointment. */
function isConsultant({ addresses, names }: Person): SQL {
  const anyName = sql`any(${sql.param(names)}::text[])`;
  return sql`(organizer = any(${sql.param(addresses)}::text[]) or consultant = ${anyName} or booked_by = ${anyName})`;
}

/**
 * Erases a person: empties a customer's appointments as retention does, and moves a consultant's appointments and counts to
 * "Unknown". Outcomes and totals stay.
 * @returns the number of changed rows by table.
 */
export async function eraseFromAttendance(tx: Db, person: Person): Promise<Record<string, number>> {
  await lockAttendance(tx);
  const consultants = await findConsultantNames(tx, person);
  const emptied = await rows(
    tx,
    sql`update calendar_appointments set title = null, customer_key = null, customer_name = null, organizer = null,
        booked_by = null
      where title is not null and ${isCustomer(person)} returning id`,
  );
  const anyConsultant = sql`any(${sql.param(consultants)}::text[])`;
  const { addresses } = person;
  const renamed = await rows<{ date: string }>(
    tx,
    sql`update calendar_appointments set consultant = case when consultant = ${anyConsultant} then ${UNKNOWN_CONSULTANT}
          else consultant end,
        organizer = case when organizer = any(${sql.param(addresses)}::text[]) then null else organizer end,
        booked_by = case when booked_by = ${anyConsultant} or ${mentionsAddress(sql`booked_by`, person)} then null else booked_by end
      where organizer = any(${sql.param(addresses)}::text[]) or consultant = ${anyConsultant} or booked_by = ${anyConsultant}
        or ${mentionsAddress(sql`booked_by`, person)}
      returning local_date::text as date`,
  );
  await recomputeDays(tx, [...new Set(renamed.map(({ date }) => date))]);
  const days = await mergeConsultants(tx, consultants);
  return { calendar_appointments: emptied.length + renamed.length, daily_metrics: days };
}

/** The person's names as a consultant: those that the operator gave, and those of appointments with their address. */
async function findConsultantNames(tx: Db, { addresses, names }: Person): Promise<string[]> {
  const consultants = await rows<{ name: string }>(
    tx,
    sql`select distinct consultant as name from calendar_appointments
      where organizer = any(${sql.param(addresses)}::text[]) and consultant <> ${UNKNOWN_CONSULTANT}`,
  );
  return [...new Set([...names, ...consultants.map(({ name }) => name)])];
}

/** Adds the consultants' counts to "Unknown" in days that cannot be recomputed, because their metrics were imported. */
async function mergeConsultants(tx: Db, consultants: string[]): Promise<number> {
  const merged = await rows(
    tx,
    sql`update daily_metrics as day set by_user = (
        select jsonb_object_agg(name, counts) from (
          select name, jsonb_object_agg(count, total) as counts from (
            select case when part.key = any(${sql.param(consultants)}::text[]) then ${UNKNOWN_CONSULTANT} else part.key end
              as name, counted.key as count, sum((counted.value #>> '{}')::numeric) as total
            from jsonb_each(day.by_user) as part cross join jsonb_each(part.value) as counted group by 1, 2) as sums
          group by name) as users)
      where by_user ?| ${sql.param(consultants)}::text[] returning date`,
  );
  return merged.length;
}

/** The attendance in a person's export, as queries by section. They leave out other people's names. */
export const appointmentSections = (person: Person): Record<string, SQL> => ({
  appointments_as_customer: sql`select starts_at, ends_at, title, customer_name, outcome, status from calendar_appointments
    where title is not null and ${isCustomer(person)} order by starts_at, id`,
  appointments_as_consultant: sql`select starts_at, ends_at, consultant, organizer, booked_by, outcome
    from calendar_appointments where ${isConsultant(person)} order by starts_at, id`,
});

/** Removes a person's addresses from the errors of the last syncs. @returns the number of changed rows by table. */
export async function eraseFromSyncErrors(tx: Db, person: Person): Promise<Record<string, number>> {
  const changed = await rows(
    tx,
    sql`update calendar_readings set error = ${withoutAddresses(sql`error`, person, "erased")}
      where ${mentionsAddress(sql`error`, person)} returning calendar_id`,
  );
  return { calendar_readings: changed.length };
}
