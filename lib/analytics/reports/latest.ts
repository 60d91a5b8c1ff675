import { sql } from "drizzle-orm";
import { type Db, instantOf, rows } from "../../db/db.ts";
import type { Quality } from "../events/quality.ts";

/** An event in `business`. */
export interface LatestEvent {
  event_id: string;
  event_type: string;
  page_url: string | null;
  session_id: string;
  visitor_id: string;
  occurred_at: string;
  referrer: string | null;
  device: string;
  browser: string | null;
  os: string | null;
  country: string | null;
  bot: string | null;
  quality: Quality["quality"];
  quality_score: number;
  event_data: Record<string, unknown>;
}

/** Reads the latest events of a site from `business`, newest first, including those of bots. */
export async function readLatestEvents(db: Db, customerId: string, limit: number): Promise<LatestEvent[]> {
  const events = await rows<LatestEvent>(
    db,
    sql`select event_id, event_type, page_url, session_key as session_id, visitor_id, occurred_at, referrer, device, browser,
        os, country, bot, quality, quality_score::float8 as quality_score, event_data
      from business.events where customer_id = ${customerId}
      order by customer_id, occurred_at desc, event_id desc limit ${limit}`,
  );
  return events.map((event) => ({ ...event, occurred_at: instantOf(event.occurred_at).toISOString() }));
}

/** A visit. Referrer, campaign, device and country are those of its first event. */
export interface LatestVisit {
  session_id: string;
  started_at: string;
  ended_at: string;
  duration_seconds: number;
  events: number;
  page_views: number;
  bounce: boolean;
  entry_page: string | null;
  exit_page: string | null;
  referrer: string | null;
  utm_source: string | null;
  utm_medium: string | null;
  utm_campaign: string | null;
  device: string;
  browser: string | null;
  os: string | null;
  country: string | null;
}

/** Reads the latest visits of a site, newest first. */
export async function readLatestVisits(db: Db, customerId: string, limit: number): Promise<LatestVisit[]> {
  const visits = await rows<LatestVisit>(
    db,
    sql`select session_key as session_id, started_at, ended_at, extract(epoch from ended_at - started_at)::float8
          as duration_seconds, events, page_views, page_views = 1 and events = 1 as bounce, entry_page, exit_page, referrer,
        utm_source, utm_medium, utm_campaign, device, browser, os, country
      from business.sessions where customer_id = ${customerId}
      order by customer_id, started_at desc, session_key limit ${limit}`,
  );
  return visits.map((visit) => ({
    ...visit,
    started_at: instantOf(visit.started_at).toISOString(),
    ended_at: instantOf(visit.ended_at).toISOString(),
  }));
}
