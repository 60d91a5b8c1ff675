import { type SQL, sql } from "drizzle-orm";
import { type Db, rows } from "../../db/db.ts";
import { DAY_MINUTES } from "../../time/wall-clock.ts";
import type { WantedSlot } from "../availability/generate-slots.ts";
import type { ServiceFacts } from "./load-services.ts";
import type { Plan } from "./plan-slots.ts";

/** A plan for a service's slots, or as much of one as a transaction carries out. */
export interface Portion {
  service: Pick<ServiceFacts, "id" | "providerId">;
  plan: Plan;
}

/**
 * Writes what plans say, in a handful of statements. The caller holds the locks of the providers and has planned under
 * them, so that nothing can be in the way; all the same no booked slot is changed or removed by any of this.
 * @returns the plans without what was not done, if anything was not.
 */
export async function carryOut<P extends Portion>(tx: Db, portions: readonly P[], forceCleanup: boolean): Promise<P[]> {
  const plans = portions.map(({ plan }) => plan);
  const undone = new Set([
    ...(await removeSlots(tx, idsOf(plans.flatMap(({ remove }) => remove)))),
    ...(await changeSlots(
      tx,
      plans.flatMap(({ change }) => change),
    )),
    ...(await expireSlots(tx, idsOf(plans.flatMap(({ expire }) => expire)), forceCleanup)),
  ]);
  await addSlots(tx, portions);
  if (undone.size === 0) return [...portions];
  const done = <S extends { id: number }>(slots: readonly S[]) => slots.filter(({ id }) => !undone.has(id));
  return portions.map((portion) => {
    const { remove, change, expire, ...others } = portion.plan;
    return { ...portion, plan: { ...others, remove: done(remove), change: done(change), expire: done(expire) } };
  });
}

const idsOf = (slots: readonly { id: number }[]): number[] => slots.map(({ id }) => id);

/**
 * An insert that looks for conflicts row by row costs half as much again. None can arise under the locks; were one of
 * these slots written without them, the unique key would fail the step, and the next attempt would find it there.
 */
async function addSlots(tx: Db, portions: readonly Portion[]): Promise<void> {
  const added = portions.flatMap(({ service, plan }) => plan.add.map((slot) => ({ service, slot })));
  if (added.length === 0) return;
  await rows(
    tx,
    sql`insert into booking_slots (service_id, provider_id, starts_at, ${sql.raw(TERMS.join(", "))})
      select service_id, provider_id, to_timestamp(starts_at / 1000), ${terms()}
      from unnest(${array(added, ({ service }) => service.id)}::text[],
        ${array(added, ({ service }) => service.providerId)}::text[],
        ${array(added, ({ slot }) => slot.startsAt)}::float8[], ${arrays(added.map(({ slot }) => slot))})
        as slot (service_id, provider_id, starts_at, ${sql.raw(TERMS.join(", "))})`,
  );
}

async function changeSlots(tx: Db, changes: Plan["change"]): Promise<number[]> {
  if (changes.length === 0) return [];
  return undone(
    tx,
    sql`wanted as (select id, ${terms()} from unnest(${array(changes, ({ id }) => id)}::bigint[],
        ${arrays(changes.map(({ slot }) => slot))}) as slot (id, ${sql.raw(TERMS.join(", "))})),
      done as (update booking_slots as slot set (${sql.raw(TERMS.join(", "))}) =
          (${sql.raw(TERMS.map((term) => `wanted.${term}`).join(", "))})
        from wanted where slot.id = wanted.id and booked_count + held_count = 0 returning slot.id)`,
  );
}

async function removeSlots(tx: Db, ids: readonly number[]): Promise<number[]> {
  if (ids.length === 0) return [];
  return undone(
    tx,
    sql`wanted as (select unnest(${array(ids, (id) => id)}::bigint[]) as id),
      done as (delete from booking_slots as slot using wanted
        where slot.id = wanted.id and booked_count + held_count = 0 returning slot.id)`,
  );
}

/** What was offered and booked on a day outlives its slots, in slot_days; a booking of one of them has its own copy. */
async function expireSlots(tx: Db, ids: readonly number[], forceCleanup: boolean): Promise<number[]> {
  if (ids.length === 0) return [];
  return undone(
    tx,
    sql`wanted as (select unnest(${array(ids, (id) => id)}::bigint[]) as id),
      done as (delete from booking_slots as slot using wanted
        where slot.id = wanted.id and (${forceCleanup} or booked_count + held_count = 0)
        returning slot.id, service_id, local_date, capacity, booked_count),
      days as (insert into slot_days as day (service_id, local_date, offered, booked)
        select service_id, local_date, sum(capacity), sum(booked_count) from done group by service_id, local_date
        on conflict (service_id, local_date) do update
          set offered = day.offered + excluded.offered, booked = day.booked + excluded.booked)`,
  );
}

/** Runs a statement that does something to `wanted` slots. @returns the ids of those that are not in `done`. */
async function undone(tx: Db, statement: SQL): Promise<number[]> {
  const left = await rows<{ id: number }>(
    tx,
    sql`with ${statement} select id::float8 as id from wanted where id not in (select id from done)`,
  );
  return left.map(({ id }) => id);
}

/** Columns that say when and how a slot is offered; they all may change but for its start. */
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

/** The arrays of those columns as a statement gets them, dates and instants and money as numbers. */
function arrays(slots: readonly WantedSlot[]): SQL {
  return sql`${array(slots, ({ day }) => day / DAY_MINUTES)}::int[], ${array(slots, ({ endsAt }) => endsAt)}::float8[],
    ${array(slots, ({ busyFrom }) => busyFrom)}::float8[], ${array(slots, ({ busyUntil }) => busyUntil)}::float8[],
    ${array(slots, ({ capacity }) => capacity)}::int[], ${array(slots, ({ category }) => category)}::text[],
    ${array(slots, ({ rushFeePercent }) => rushFeePercent)}::smallint[],
    ${array(slots, ({ basePriceCents }) => basePriceCents)}::bigint[],
    ${array(slots, ({ priceCents }) => priceCents)}::bigint[]`;
}

/** And what becomes of them. */
const terms = (): SQL => sql`date '1970-01-01' + local_date as local_date, to_timestamp(ends_at / 1000) as ends_at,
    to_timestamp(busy_from / 1000) as busy_from, to_timestamp(busy_until / 1000) as busy_until, capacity, category,
    rush_fee_percent, base_price / 100.0 as base_price, price / 100.0 as price`;

/** Values as the text of an array; drivers take much longer to write one. Quotes in ids are escaped as JSON does it. */
const array = <T>(list: readonly T[], of: (item: T) => string | number): SQL =>
  sql`${`{${list.map((item) => literal(of(item))).join(",")}}`}`;

const literal = (value: string | number) => (typeof value === "number" ? value : JSON.stringify(value));
