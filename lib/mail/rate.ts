import { type SQL, sql } from "drizzle-orm";
import { at, json } from "../db/db.ts";

/**
 * The shared rate (`EMAIL_RATE_PER_MINUTE`): never more mails in any 60 seconds, whoever sends them. A mail counts from
 * when it is taken until a minute after its fate is known, so it counts for all of the minute in which the server saw
 * it. All grants stand in one row, so that whoever takes waits for whoever is taking, and counts what that one took.
 */
const WINDOW_MS = 60_000;
/** Clocks of instances may differ by so much. */
const SKEW_MS = 1_000;

/** A query of one row: `allowed`, how many may be taken, and `next_at`, when there will be more. */
export function granted(
  token: string,
  size: number,
  ratePerMinute: number | undefined,
  now: Date,
  leaseUntil: Date,
): SQL {
  if (ratePerMinute === undefined) return sql`select ${size}::int as allowed, null::timestamptz as next_at`;
  const until = new Date(leaseUntil.getTime() + WINDOW_MS + SKEW_MS).toISOString();
  return sql`update email_rate as rate set grants = (
      select coalesce(jsonb_agg(grant_) filter (where live), '[]')
        || jsonb_build_object('token', ${token}::text, 'until', ${until}::text, 'count', greatest(0, least(${size}::int,
          ${ratePerMinute}::int - coalesce(sum((grant_->>'count')::int) filter (where live), 0))))
      from jsonb_array_elements(rate.grants) as grant_
      cross join lateral (select (grant_->>'until')::timestamptz > ${at(now)} and (grant_->>'count')::int > 0 as live) as _)
    where id = 1
    returning (grants->-1->>'count')::int as allowed,
      case when (grants->-1->>'count')::int = 0 then
        (select min((grant_->>'until')::timestamptz) from jsonb_array_elements(grants - -1) as grant_) end as next_at`;
}

/** Part of a settling statement: what the grant was used for, and until when that counts. */
export function settleGrant(token: string, tried: number, ratePerMinute: number | undefined, now: Date): SQL {
  if (ratePerMinute === undefined) return sql``;
  const change = { count: tried, until: new Date(now.getTime() + WINDOW_MS + SKEW_MS).toISOString() };
  return sql`, used as (
    update email_rate as rate set grants = (
      select coalesce(jsonb_agg(case when grant_->>'token' = ${token}::text then grant_ || ${json(change)} else grant_ end),
        '[]')
      from jsonb_array_elements(rate.grants) as grant_)
    where id = 1)`;
}
