import { sql } from "drizzle-orm";
import { type Db, rows } from "../../../lib/db/db.ts";
import { READ_KEY, WRITE_KEY } from "../../worlds/site.ts";
import { CONTEXT } from "../../worlds/site-request.ts";
import { GET, POST } from "../http/api.ts";
import { type Answer, call, type Refusal, type Sent } from "../http/requests.ts";

/** Requests of a site's pages and server, by default with the keys of the site `shop`. */

/** The response body for accepted events. */
export interface Recorded {
  success: true;
  message: string;
  event_id: string;
  event_ids?: string[];
  timestamp: string;
  processing: "automatic" | "background";
  recorded: number;
  duplicates: number;
  dead_letters?: { event_id: string; reason: string; field: string; expected: string; got: string }[];
}

const asPage = (sent: Sent): Sent => ({
  method: "POST",
  token: WRITE_KEY,
  ...sent,
  headers: { "user-agent": CONTEXT.userAgent ?? "", ...sent.headers },
});

export const track = <Body = Recorded>(json: unknown, sent: Sent = {}) =>
  call<Body>(POST, "/api/v1/track", asPage({ json, ...sent }));

export const trackAsync = <Body = Recorded>(json: unknown, sent: Sent = {}) =>
  call<Body>(POST, "/api/v1/track/async", asPage({ json, ...sent }));

/** Sends a text as the body. */
export const trackText = <Body = Recorded>(body: RequestInit["body"], headers: Record<string, string> = {}) =>
  track<Body>(undefined, { body, headers: { "content-type": "application/json", ...headers } });

export const status = <Body = Record<string, unknown>>(sent: Sent = {}) =>
  call<Body>(GET, "/api/v1/track/status", { token: READ_KEY, ...sent });

export const dashboard = <Body = Record<string, unknown>>(query = "", sent: Sent = {}) =>
  call<Body>(GET, `/api/v1/track/dashboard${query}`, { token: READ_KEY, ...sent });

export const processNow = <Body = Record<string, unknown>>(query = "", sent: Sent = {}) =>
  call<Body>(POST, `/api/v1/track/process${query}`, { method: "POST", token: READ_KEY, ...sent });

/** Whether a response is a success or a clear error, and not a fault of the server. */
export const isClear = ({ status, body }: Answer<Partial<Recorded & Refusal>>): boolean =>
  status < 500 && (body.success === true || (body.error?.message ?? "") !== "");

/** The contents of all tables of all schemas, as one text. */
export async function dumpDatabase(db: Db): Promise<string> {
  const tables = await rows<{ name: string }>(
    db,
    sql`select oid::regclass::text as name from pg_class
      where relkind = 'r' and relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'pg_toast')`,
  );
  const texts = await Promise.all(
    tables.map(({ name }) => rows<{ text: string }>(db, sql.raw(`select entry::text as text from ${name} as entry`))),
  );
  return texts
    .flat()
    .map(({ text }) => text)
    .join("\n");
}
