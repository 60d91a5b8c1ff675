import { type SQL, sql } from "drizzle-orm";
import { type Db, rows } from "../db/db.ts";
import { mentionsAddress, withoutAddresses } from "../privacy/match-person.ts";
import type { Person } from "../privacy/person.ts";
import { lockAttendance } from "./appointment-store.ts";
import { UNKNOWN_CONSULTANT } from "./classification/consultant.ts";
import { parseCustomer } from "./classification/customer.ts";
import { recomputeDays } from "./metrics/daily-metrics.ts";

/**
 * What calendars say of a person. A title names a customer and has no address, so customers are found only by names that
 * the operator gives (`--name`): a name that somebody booked under is whatever they typed, and by it anybody could read, or
 * erase, the appointments of anybody else.
 */

const keysOf = ({ names }: Person): string[] => names.map((name) => parseCustomer(name)?.key ?? name.toLowerCase());

/** Condition: an appointment is with them. */
function isCustomer(person: Person): SQL {
  return sql`(customer_key = any(${sql.param(keysOf(person))}::text[]) or ${mentionsAddress(sql`title`, person)})`;
}

/** Condition: an appointment is theirs as a consultant, or they booked it. */
function isConsultant({ addresses, names }: Person): SQL {
  const known = sql`any(${sql.param(names)}::text[])`;
  return sql`(organizer = any(${sql.param(addresses)}::text[]) or consultant = ${known} or booked_by = ${known})`;
}

/**
 * Forgets a customer as retention does, and of a consultant who they are: outcomes stay, and so do all figures of days but
 * whose they were. What was theirs is nobody's known from now on.
 */
export async function eraseFromAttendance(tx: Db, person: Person): Promise<Record<string, number>> {
  await lockAttendance(tx);
  const consultants = await consultantsOf(tx, person);
  const forgotten = await rows(
    tx,
    sql`update calendar_appointments set title = null, customer_key = null, customer_name = null, organizer = null,
        booked_by = null
      where title is not null and ${isCustomer(person)} returning id`,
  );
  const known = sql`any(${sql.param(consultants)}::text[])`;
  const { addresses } = person;
  const renamed = await rows<{ date: string }>(
    tx,
    sql`update calendar_appointments set consultant = case when consultant = ${known} then ${UNKNOWN_CONSULTANT}
          else consultant end,
        organizer = case when organizer = any(${sql.param(addresses)}::text[]) then null else organizer end,
        booked_by = case when booked_by = ${known} or ${mentionsAddress(sql`booked_by`, person)} then null else booked_by end
      where organizer = any(${sql.param(addresses)}::text[]) or consultant = ${known} or booked_by = ${known}
        or ${mentionsAddress(sql`booked_by`, person)}
      returning local_date::text as date`,
  );
  await recomputeDays(tx, [...new Set(renamed.map(({ date }) => date))]);
  const days = await mergeConsultants(tx, consultants);
  return { calendar_appointments: forgotten.length + renamed.length, daily_metrics: days };
}

/** What they are called as a consultant: as told, and as their address is. */
async function consultantsOf(tx: Db, { addresses, names }: Person): Promise<string[]> {
  const found = await rows<{ name: string }>(
    tx,
    sql`select distinct consultant as name from calendar_appointments
      where organizer = any(${sql.param(addresses)}::text[]) and consultant <> ${UNKNOWN_CONSULTANT}`,
  );
  return [...new Set([...names, ...found.map(({ name }) => name)])];
}

/** Figures without appointments (imported ones) cannot be computed again: there the counts move over. */
async function mergeConsultants(tx: Db, consultants: string[]): Promise<number> {
  const merged = await rows(
    tx,
    sql`update daily_metrics as day set by_user = (
        select jsonb_object_agg(name, counts) from (
          select name, jsonb_object_agg(count, total) as counts from (
            select case when one.key = any(${sql.param(consultants)}::text[]) then ${UNKNOWN_CONSULTANT} else one.key end
              as name, counted.key as count, sum((counted.value #>> '{}')::numeric) as total
            from jsonb_each(day.by_user) as one cross join jsonb_each(one.value) as counted group by 1, 2) as sums
          group by name) as users)
      where by_user ?| ${sql.param(consultants)}::text[] returning date`,
  );
  return merged.length;
}

/** What an export contains of a person's appointments. Other people named in them are left out. */
export const appointmentSections = (person: Person): Record<string, SQL> => ({
  appointments_as_customer: sql`select starts_at, ends_at, title, customer_name, outcome, status from calendar_appointments
    where title is not null and ${isCustomer(person)} order by starts_at, id`,
  appointments_as_consultant: sql`select starts_at, ends_at, consultant, organizer, booked_by, outcome
    from calendar_appointments where ${isConsultant(person)} order by starts_at, id`,
});

/** Removes their address from the errors that Google answered. */
export async function eraseFromSyncErrors(tx: Db, person: Person): Promise<Record<string, number>> {
  const changed = await rows(
    tx,
    sql`update calendar_readings set error = ${withoutAddresses(sql`error`, person, "erased")}
      where ${mentionsAddress(sql`error`, person)} returning calendar_id`,
  );
  return { calendar_readings: changed.length };
}
