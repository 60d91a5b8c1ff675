import { type SQL, sql } from "drizzle-orm";
import { type Db, row, rows } from "../db/db.ts";
import type { Alias } from "../privacy/erase.ts";
import {
  jsonMentions,
  jsonMentionsUser,
  jsonWithout,
  mentionsAddress,
  urlMentionsUser,
  withoutAddresses,
  withoutUserInUrls,
} from "../privacy/match-person.ts";
import type { Person } from "../privacy/person.ts";
import { lockBusiness } from "./pipeline/load.ts";

/**
 * Finds and erases a person in the events of sites. Only what a site sends can link a visitor to a user: a `visitor_id` or
 * `session_id` that is the user's id, or their id or address in `event_data`, in the URL of a page (an id as a whole part of it)
 * or in UTM parameters. An erasure keeps such events, because all sums count them, but under an unknown visitor.
 */

const ID_COLUMNS = ["visitor_id", "session_key"] as const;
const PAGES = ["page_url", "page"] as const;
const TEXTS = ["event_type", ...PAGES] as const;
const UTM = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"] as const;

const column = (name: string): SQL => sql`${sql.identifier(name)}`;

/** Condition: an id is the person. */
function isPerson(name: string, person: Person): SQL {
  const byId = person.userId === undefined ? sql`false` : sql`${column(name)} = ${person.userId}`;
  return sql`(${byId} or ${mentionsAddress(column(name), person)})`;
}

/** Condition: an event in `staging` or `business` mentions the person. All its texts are searched at once. */
function eventMentions(person: Person): SQL {
  const names = [...ID_COLUMNS, "event_id", ...TEXTS, ...UTM, "event_data"];
  const texts = sql`concat_ws(' ', ${sql.join(names.map(column), sql`, `)})`;
  const data = sql`event_data::text`;
  return sql`(${isUser(person)} or ${jsonMentionsUser(data, person)} or ${mentionsAddress(texts, person)}
    or ${anyOf(PAGES.map(column), person)} or ${urlMentionsUser(data, person)})`;
}

function isUser({ userId }: Person): SQL {
  const names = [...ID_COLUMNS, "event_id", ...UTM];
  return userId === undefined ? sql`false` : sql`${userId} in (${sql.join(names.map(column), sql`, `)})`;
}

const anyOf = (urls: readonly SQL[], person: Person): SQL =>
  sql.join(
    urls.map((url) => urlMentionsUser(url, person)),
    sql` or `,
  );

/** Condition: a text mentions the person: any text by an address or in a URL, a campaign also by the id alone. */
function textMentions(text: SQL, isCampaign: SQL, person: Person): SQL {
  const byId = person.userId === undefined ? sql`false` : sql`${isCampaign} and ${text} = ${person.userId}`;
  return sql`(${byId} or ${urlMentionsUser(text, person)} or ${mentionsAddress(text, person)})`;
}

/** The same text with the alias in place of the person's address or id. */
function textWithout(text: SQL, isCampaign: SQL, person: Person, alias: Alias): SQL {
  const inside = withoutAddresses(withoutUserInUrls(text, person, alias.text), person, alias.text);
  if (person.userId === undefined) return inside;
  return sql`case when ${isCampaign} and ${text} = ${person.userId} then ${alias.text} else ${inside} end`;
}

const campaign = (name: string): SQL => ((UTM as readonly string[]).includes(name) ? sql`true` : sql`false`);

/** Condition: an event as received mentions the person. */
function payloadMentions(person: Person): SQL {
  return sql`(${payloadIsTheirs(person)} or ${urlMentionsUser(sql`payload::text`, person)})`;
}

/** The same without ids in URLs: the page may be about the person, but the event another visitor's. */
const payloadIsTheirs = (person: Person): SQL =>
  sql`(${jsonMentions(sql`payload::text`, person)} or ${isPerson("event_id", person)})`;

const renamed = (name: string, whether: SQL, { secret }: Alias): SQL =>
  sql`case when ${whether} then 'erased-' || left(encode(sha256(convert_to(${secret} || ${column(name)}, 'UTF8')), 'hex'), 22)
    else ${column(name)} end`;

const anonymousId = (name: string, person: Person, alias: Alias): SQL => renamed(name, isPerson(name, person), alias);

/** The id of an event. If it contains the person, it gets a new name, the same in all tables. */
const anonymousEvent = (name: "event_id" | "first_event_id", person: Person, alias: Alias): SQL =>
  renamed(name, isPerson(name, person), alias);

const set = (names: readonly string[], value: (name: string) => SQL): SQL =>
  sql.join(
    names.map((name) => sql`${column(name)} = ${value(name)}`),
    sql`, `,
  );

/** The fields of an event as received that an erasure keeps. */
const KEPT = ["event_type", "page_url", "event_id", "session_id", "visitor_id", "occurred_at", "referrer"];

/**
 * Erases the person in the first layer. If another transaction is staging an event of the person, this waits for it, and the
 * event is then found in the next layer. Events that still wait are counted later without the person.
 */
export async function eraseRaw(tx: Db, person: Person, alias: Alias): Promise<Record<string, number>> {
  const theirs = payloadMentions(person);
  await rows(
    tx,
    sql`select from raw.pending as waiting where exists (select from raw.events as event
        where event.received_at = waiting.received_at and event.raw_id = waiting.raw_id and ${theirs})
      order by raw_id for update`,
  );
  const payload = sql`payload::text`;
  const text = withoutUserInUrls(jsonWithout(payload, person, alias.text), person, alias.text);
  const eventId = anonymousEvent("event_id", person, alias);
  const events = await rows(
    tx,
    sql`update raw.events set event_id = ${eventId}, payload = case when ${payloadIsTheirs(person)} then coalesce((
        select json_object_agg(key, value) from json_each((${text})::json)
        where key = any(${sql.param(KEPT)}::text[])), '{}') else (${text})::json end where ${theirs} returning raw_id`,
  );
  const got = textWithout(jsonWithout(sql`got`, person, alias.text), sql`true`, person, alias);
  const letters = await rows(
    tx,
    sql`update raw.dead_letters set got = ${got}, event_id = ${eventId}
      where ${jsonMentions(sql`got`, person)} or ${textMentions(sql`got`, sql`true`, person)} or ${isPerson("event_id", person)}
      returning id`,
  );
  const ids = await rows(
    tx,
    sql`update raw.event_ids set event_id = ${eventId} where ${isPerson("event_id", person)} returning event_id`,
  );
  return { "raw.events": events.length, "raw.dead_letters": letters.length, "raw.event_ids": ids.length };
}

/**
 * Erases the person in the other two layers of one site. It locks the site, so that processing of its events waits (about a
 * second for 50,000 events). It takes no lock if the site has no event of the person; an event that is being processed at that
 * moment is already staged, so it is found there.
 */
export async function eraseCounted(
  tx: Db,
  customerId: string,
  person: Person,
  alias: Alias,
): Promise<Record<string, number>> {
  if (!(await hasEvents(tx, customerId, person))) return {};
  await lockBusiness(tx, customerId);
  const anonymous = (name: string) => anonymousId(name, person, alias);
  const without = (name: string) => textWithout(column(name), campaign(name), person, alias);
  const data = sql`event_data::text`;
  const counts: Record<string, number> = {};
  for (const layer of ["staging", "business"]) {
    const changed = await rows(
      tx,
      sql`update ${sql.raw(layer)}.events set ${set(ID_COLUMNS, anonymous)}, ${set([...TEXTS, ...UTM], without)},
          event_id = ${anonymousEvent("event_id", person, alias)},
          event_data = case when ${jsonMentions(data, person)} then '{}' when ${urlMentionsUser(data, person)}
            then (${withoutUserInUrls(data, person, alias.text)})::jsonb else event_data end
        where customer_id = ${customerId} and (${eventMentions(person)}) returning event_id`,
    );
    counts[`${layer}.events`] = changed.length;
  }
  const texts = ["entry_page", "exit_page", ...UTM.slice(0, 3)];
  const sessions = await rows(
    tx,
    sql`update business.sessions set ${set(ID_COLUMNS, anonymous)}, ${set(texts, without)},
        first_event_id = ${anonymousEvent("first_event_id", person, alias)}
      where customer_id = ${customerId} and (${sql.join(
        [
          ...[...ID_COLUMNS, "first_event_id"].map((name) => isPerson(name, person)),
          ...texts.map((name) => textMentions(column(name), campaign(name), person)),
        ],
        sql` or `,
      )}) returning session_key`,
  );
  const visitors = await rows(
    tx,
    sql`update business.visitors set ${set(["visitor_id"], anonymous)}
      where customer_id = ${customerId} and ${isPerson("visitor_id", person)} returning visitor_id`,
  );
  return {
    ...counts,
    "business.sessions": sessions.length,
    "business.visitors": visitors.length,
    "business.pages": await renamePages(tx, customerId, person, alias),
    "business.rollups": await renameRollups(tx, customerId, person, alias),
  };
}

async function hasEvents(tx: Db, customerId: string, person: Person): Promise<boolean> {
  const theirs = sql`customer_id = ${customerId} and ${eventMentions(person)}`;
  const { exists } = await row<{ exists: boolean }>(
    tx,
    sql`select exists (select from staging.events where ${theirs}) or exists (select from business.events where ${theirs})
      as exists`,
  );
  return exists;
}

/** Renames the pages that mention the person. Pages that differed only in that become one. */
async function renamePages(tx: Db, customerId: string, person: Person, alias: Alias): Promise<number> {
  const gone = await rows(
    tx,
    sql`with gone as (delete from business.pages where customer_id = ${customerId}
        and ${textMentions(sql`page`, sql`false`, person)} returning *)
      insert into business.pages (customer_id, page, first_seen_at, last_seen_at, views)
      select customer_id, ${textWithout(sql`page`, sql`false`, person, alias)} as page, min(first_seen_at), max(last_seen_at),
        sum(views) from gone group by 1, 2 returning page`,
  );
  return gone.length;
}

async function renameRollups(tx: Db, customerId: string, person: Person, alias: Alias): Promise<number> {
  const ofCampaign = sql`starts_with(dimension, 'utm_')`;
  const gone = await rows(
    tx,
    sql`with gone as (delete from business.rollups where customer_id = ${customerId}
        and ${textMentions(sql`value`, ofCampaign, person)} returning *)
      insert into business.rollups (customer_id, dimension, bucket, value, events, page_views, visits, bounces, duration_ms,
        visitors)
      select customer_id, dimension, bucket, ${textWithout(sql`value`, ofCampaign, person, alias)} as value, sum(events),
        sum(page_views), sum(visits), sum(bounces), sum(duration_ms), sum(visitors) from gone group by 1, 2, 3, 4
      returning value`,
  );
  return gone.length;
}

/** What an export contains of a person's site events. */
export const siteEventSections = (person: Person): Record<string, SQL> => ({
  site_events: sql`select customer_id, event_id, occurred_at, event_type, page_url, session_key, visitor_id, referrer,
      utm_source, utm_medium, utm_campaign, utm_term, utm_content, device, browser, os, country, region, city, event_data
    from business.events where ${eventMentions(person)} order by customer_id, occurred_at, event_id`,
  site_events_as_received: sql`select customer_id, received_at, payload from raw.events where ${payloadMentions(person)}
    order by received_at, raw_id`,
});
