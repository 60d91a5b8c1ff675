import { type SQL, sql } from "drizzle-orm";
import { eventMentions, payloadMentions } from "../analytics/personal-data.ts";
import { isConsultant, isCustomer } from "../attendance/personal-data.ts";
import { matchMails } from "../mail/queue/erase.ts";
import { addressHash } from "../mail/queue/suppressions.ts";
import type { Person } from "./match-person.ts";

/**
 * What is exported of a person, by area: a query for each list, whose rows go into the document as they are. What only
 * opens things (hashes of tokens and keys, salts, leases) and what only others have a use for is left out.
 */
export function sectionsOf(person: Person): Record<string, SQL> {
  return { ...(person.userId === undefined ? {} : asUser(person.userId)), ...asCustomer(person), ...elsewhere(person) };
}

function asUser(id: string): Record<string, SQL> {
  const own = sql`user_id = ${id}`;
  return {
    profile: sql`select id, email, first_name, nickname, language, preferences, weekly_goals, show_in_global_rankings,
      body_weight_kg, is_active from users where id = ${id}`,
    // A friend by their id alone, as the person's own app knows them: the rest is the friend's.
    friendships: sql`select case when user_a = ${id} then user_b else user_a end as friend_id, status from friendships
      where user_a = ${id} or user_b = ${id} order by 1`,
    workouts: sql`select client_id, start_time, (select coalesce(jsonb_agg(to_jsonb(done) - '{id,workout_id,user_id}'::text[]
        order by done.id), '[]') from workout_activities as done where done.workout_id = workouts.id) as activities
      from workouts where ${own} order by start_time, id`,
    weekly_results: sql`select * from weekly_results where ${own} order by week_start`,
    leaderboard_results: sql`select * from leaderboard_results where ${own} order by week_start`,
    monthly_results: sql`select * from monthly_results where ${own} order by month_start`,
    monthly_rankings: sql`select * from monthly_rankings where ${own} order by month_start`,
    badges: sql`select * from user_badges where ${own} order by period_start, slug, level`,
    awards: sql`select * from awards where ${own} order by period_start, type`,
    notifications: sql`select kind, slug, level, period_start, created_at, read_at from notifications where ${own}
      order by id`,
  };
}

/** Links in mails open things: the token in them is the secret. */
const withoutTokens = sql`regexp_replace(regexp_replace(text, '([?&]token=)[^[:space:]"&>]+', '\\1…', 'g'),
  '(booking\\.html#[0-9a-f-]+\\.)[A-Za-z0-9_-]+', '\\1…', 'g')`;

function asCustomer({ userId, addresses }: Person): Record<string, SQL> {
  const theirs = sql.param(addresses);
  const mails = matchMails({ userIds: userId === undefined ? [] : [userId], addresses, bookingIds: [] }) ?? sql`false`;
  return {
    mails: sql`select recipient, subject, ${withoutTokens} as text, status, attempts, error, scheduled_at, processed_at,
        created_at from email_queue where ${mails} order by id`,
    suppressed_addresses: sql`select address, reason, created_at as since
      from unnest(${theirs}::text[]) as address join email_suppressions on address_hash = ${addressHash(sql`address`)} order by 1`,
    bookings: sql`select id, service_name, provider_name, provider_timezone, starts_at, ends_at, price, rush_fee_percent,
        category, customer_name, customer_email, language, timezone, status, created_at, updated_at, cancelled_at,
        cancel_reason
      from bookings where customer_email <> '' and lower(customer_email) = any(${theirs}::text[]) order by starts_at, id`,
  };
}

function elsewhere(person: Person): Record<string, SQL> {
  return {
    // Where they are the customer, whose it was is not theirs to know from here; where they are the consultant, the title
    // names somebody else.
    appointments_as_customer: sql`select starts_at, ends_at, title, customer_name, outcome, status from calendar_appointments
      where title is not null and ${isCustomer(person)} order by starts_at, id`,
    appointments_as_consultant: sql`select starts_at, ends_at, consultant, organizer, booked_by, outcome
      from calendar_appointments where ${isConsultant(person)} order by starts_at, id`,
    site_events: sql`select customer_id, event_id, occurred_at, event_type, page_url, session_key, visitor_id, referrer,
        utm_source, utm_medium, utm_campaign, utm_term, utm_content, device, browser, os, country, region, city, event_data
      from business.events where ${eventMentions(person)} order by customer_id, occurred_at, event_id`,
    site_events_as_received: sql`select customer_id, received_at, payload from raw.events where ${payloadMentions(person)}
      order by received_at, raw_id`,
  };
}
