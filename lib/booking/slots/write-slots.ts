import { type SQL, sql } from "drizzle-orm";
import { type Db, rows } from "../../db/db.ts";
import { DAY_MINUTES } from "../../time/wall-minutes.ts";
import type { GeneratedSlot } from "../availability/generate-slots.ts";
import type { Service } from "./load-services.ts";
import type { Plan } from "./plan-slots.ts";

/** A plan to write, and the service whose slots it changes. */
export interface PlanToWrite {
  service: Pick<Service, "id" | "providerId">;
  plan: Plan;
}

/**
 * Writes plans to `booking_slots` with a few statements. The caller holds the locks of the providers and has planned
 * under them, so nothing should be in the way. Even so, each statement skips slots that are booked by now.
 * @returns the plans without the changes that were skipped.
 */
export async function writeSlots<P extends PlanToWrite>(
  tx: Db,
  plansToWrite: readonly P[],
  forceCleanup: boolean,
): Promise<P[]> {
  const plans = plansToWrite.map(({ plan }) => plan);
  const skipped = new Set([
    ...(await removeSlots(tx, idsOf(plans.flatMap(({ remove }) => remove)))),
    ...(await changeSlots(
      tx,
      plans.flatMap(({ change }) => change),
    )),
    ...(await expireSlots(tx, idsOf(plans.flatMap(({ expire }) => expire)), forceCleanup)),
  ]);
  await addSlots(tx, plansToWrite);
  if (skipped.size === 0) return [...plansToWrite];
  const written = <S extends { id: number }>(slots: readonly S[]) => slots.filter(({ id }) => !skipped.has(id));
  return plansToWrite.map((planToWrite) => {
    const { remove, change, expire, ...others } = planToWrite.plan;
    return {
      ...planToWrite,
      plan: { ...others, remove: written(remove), change: written(change), expire: written(expire) },
    };
  });
}

const idsOf = (slots: readonly { id: number }[]): number[] => slots.map(({ id }) => id);

/**
 * Inserts without `on conflict`, which would cost half as much again. Under the locks there is no conflict; if a slot were
 * written without them, the unique key would fail this step and the next attempt would find the slot.
 */
async function addSlots(tx: Db, plansToWrite: readonly PlanToWrite[]): Promise<void> {
  const added = plansToWrite.flatMap(({ service, plan }) => plan.add.map((slot) => ({ service, slot })));
  if (added.length === 0) return;
  await rows(
    tx,
    sql`insert into booking_slots (service_id, provider_id, starts_at, ${sql.raw(TERMS.join(", "))})
      select service_id, provider_id, to_timestamp(starts_at / 1000), ${termColumns()}
      from unnest(${array(added, ({ service }) => service.id)}::text[],
        ${array(added, ({ service }) => service.providerId)}::text[],
        ${array(added, ({ slot }) => slot.startsAt)}::float8[], ${termArrays(added.map(({ slot }) => slot))})
        as slot (service_id, provider_id, starts_at, ${sql.raw(TERMS.join(", "))})`,
  );
}

async function changeSlots(tx: Db, changes: Plan["change"]): Promise<number[]> {
  if (changes.length === 0) return [];
  return skippedIds(
    tx,
    sql`planned as (select id, ${termColumns()} from unnest(${array(changes, ({ id }) => id)}::bigint[],
        ${termArrays(changes.map(({ slot }) => slot))}) as slot (id, ${sql.raw(TERMS.join(", "))})),
      done as (update booking_slots as slot set (${sql.raw(TERMS.join(", "))}) =
          (${sql.raw(TERMS.map((term) => `planned.${term}`).join(", "))})
        from planned where slot.id = planned.id and booked_count + held_count = 0 returning slot.id)`,
  );
}

async function removeSlots(tx: Db, ids: readonly number[]): Promise<number[]> {
  if (ids.length === 0) return [];
  return skippedIds(
    tx,
    sql`planned as (select unnest(${array(ids, (id) => id)}::bigint[]) as id),
      done as (delete from booking_slots as slot using planned
        where slot.id = planned.id and booked_count + held_count = 0 returning slot.id)`,
  );
}

/** Deletes expired slots and adds their offered and booked places to `slot_days`. Bookings keep their own copy. */
async function expireSlots(tx: Db, ids: readonly number[], forceCleanup: boolean): Promise<number[]> {
  if (ids.length === 0) return [];
  return skippedIds(
    tx,
    sql`planned as (select unnest(${array(ids, (id) => id)}::bigint[]) as id),
      done as (delete from booking_slots as slot using planned
        where slot.id = planned.id and (${forceCleanup} or booked_count + held_count = 0)
        returning slot.id, service_id, local_date, capacity, booked_count),
      days as (insert into slot_days as day (service_id, local_date, offered, booked)
        select service_id, local_date, sum(capacity), sum(booked_count) from done group by service_id, local_date
        on conflict (service_id, local_date) do update
          set offered = day.offered + excluded.offered, booked = day.booked + excluded.booked)`,
  );
}

/** Runs a statement with the tables `planned` and `done`. @returns the ids of planned slots that are not done. */
async function skippedIds(tx: Db, statement: SQL): Promise<number[]> {
  const skipped = await rows<{ id: number }>(
    tx,
    sql`with ${statement} select id::float8 as id from planned where id not in (select id from done)`,
  );
  return skipped.map(({ id }) => id);
}

/** The columns of a slot's terms: everything that may change, so not its start. */
const TERMS = [
  "local_date",
  "ends_at",
  "busy_from",
  "busy_until",
  "capacity",
  "category",
  "rush_fee_percent",
  "base_price",
  "price",
] as const;

/** The term columns as array parameters, with dates, instants and money as numbers. */
function termArrays(slots: readonly GeneratedSlot[]): SQL {
  return sql`${array(slots, ({ day }) => day / DAY_MINUTES)}::int[], ${array(slots, ({ endsAt }) => endsAt)}::float8[],
    ${array(slots, ({ busyFrom }) => busyFrom)}::float8[], ${array(slots, ({ busyUntil }) => busyUntil)}::float8[],
    ${array(slots, ({ capacity }) => capacity)}::int[], ${array(slots, ({ category }) => category)}::text[],
    ${array(slots, ({ rushFeePercent }) => rushFeePercent)}::smallint[],
    ${array(slots, ({ basePriceCents }) => basePriceCents)}::bigint[],
    ${array(slots, ({ priceCents }) => priceCents)}::bigint[]`;
}

/** Converts the unnested arrays to the types of the columns. */
const termColumns =
  (): SQL => sql`date '1970-01-01' + local_date as local_date, to_timestamp(ends_at / 1000) as ends_at,
    to_timestamp(busy_from / 1000) as busy_from, to_timestamp(busy_until / 1000) as busy_until, capacity, category,
    rush_fee_percent, base_price / 100.0 as base_price, price / 100.0 as price`;

/** Writes values as the text of a Postgres array, which is much faster than the drivers. JSON escapes quotes the same way. */
const array = <T>(list: readonly T[], toValue: (item: T) => string | number): SQL =>
  sql`${`{${list.map((item) => literal(toValue(item))).join(",")}}`}`;

const literal = (value: string | number) => (typeof value === "number" ? value : JSON.stringify(value));
