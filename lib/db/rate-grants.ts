import { type SQL, sql } from "drizzle-orm";
import { MINUTE_MS } from "../time/durations.ts";
import { at, json } from "./db.ts";

/**
 * A rate that all instances share: at most `perMinute` actions in any 60 seconds. An action counts from its grant until one minute
 * after its outcome is known, so it covers the minute in which the other service saw it. All grants are in one row, so that an
 * instance waits for another one that is taking grants, and counts those too.
 */
export interface SharedRate {
  /** A table with one row: `id` 1, and `grants`, `[{token, count, until}]`. */
  table: "email_rate" | "calendar_rate";
  perMinute: number;
}

const WINDOW_MS = MINUTE_MS;
/** The largest difference between the clocks of instances. */
const SKEW_MS = 1_000;

/**
 * A statement that takes a grant for up to `size` actions. Its row has `allowed`, the number of granted actions, and, if that is
 * 0, `next_at`, when there will be more.
 * @param leaseUntil After this instant the outcome of the actions is no longer awaited.
 */
export function takeFrom(
  { table, perMinute }: SharedRate,
  token: string,
  size: number,
  now: Date,
  leaseUntil: Date,
): SQL {
  const until = new Date(leaseUntil.getTime() + WINDOW_MS + SKEW_MS).toISOString();
  return sql`update ${sql.identifier(table)} as rate set grants = (
      select coalesce(jsonb_agg(grant_) filter (where live), '[]')
        || jsonb_build_object('token', ${token}::text, 'until', ${until}::text, 'count', greatest(0, least(${size}::int,
          ${perMinute}::int - coalesce(sum((grant_->>'count')::int) filter (where live), 0))))
      from jsonb_array_elements(rate.grants) as grant_
      cross join lateral (select (grant_->>'until')::timestamptz > ${at(now)} and (grant_->>'count')::int > 0 as live) as _)
    where id = 1
    returning (grants->-1->>'count')::int as allowed,
      case when (grants->-1->>'count')::int = 0 then
        (select min((grant_->>'until')::timestamptz) from jsonb_array_elements(grants - -1) as grant_) end as next_at`;
}

/** A statement that stores how many actions of a grant were done, once their outcome is known. */
export function settleWith({ table }: SharedRate, token: string, used: number, now: Date): SQL {
  const change = { count: used, until: new Date(now.getTime() + WINDOW_MS + SKEW_MS).toISOString() };
  return sql`update ${sql.identifier(table)} as rate set grants = (
      select coalesce(jsonb_agg(case when grant_->>'token' = ${token}::text then grant_ || ${json(change)} else grant_ end),
        '[]')
      from jsonb_array_elements(rate.grants) as grant_)
    where id = 1`;
}
