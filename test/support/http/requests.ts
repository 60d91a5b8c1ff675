import { sql } from "drizzle-orm";
import type { Environment } from "../../../lib/config/config.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { backgroundWork } from "../../../lib/http/background.ts";
import type { Handler } from "../../../lib/http/handler.ts";
import type { BatchResult } from "../../../lib/http/responses/batch-result.ts";
import type { Period } from "../../../lib/time/periods.ts";

/** Requests as the platform, the clock and people make them, and what to hold their answers against. */

export const ADMIN_TOKEN = "the-operator-of-the-tests";
export const CRON_SECRET = "the-clockwork-of-the-tests";

export const SETTINGS: Environment = {
  ADMIN_TOKEN,
  CRON_SECRET,
  EVENTS_BASE_URL: "https://taktwerk.example",
  EMAIL_PREFERENCES_SECRET: "a-secret-of-the-tests",
};

export interface Answer<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: Body;
}

/** The body of an answer that is an error. */
export interface Refusal {
  status: "error";
  error: { code: string; message: string; requestId: string; field?: string; expected?: string; got?: string };
}

/** The body of an answer to a batch. */
export type Taken = BatchResult;

/** What a request carries; valid unless a test says otherwise. */
export interface Sent {
  method?: string;
  /** Bearer token; null for none. */
  token?: string | null;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  body?: RequestInit["body"];
}

/** Calls a handler of `api/` with a web request, and waits for what it does after its answer. */
export async function call<Body = Record<string, unknown>>(
  handler: Handler,
  path: string,
  { method, token = ADMIN_TOKEN, headers, json, body }: Sent = {},
): Promise<Answer<Body>> {
  const content = json === undefined ? body : JSON.stringify(json);
  const request = new Request(new URL(path, "https://taktwerk.example"), {
    method: method ?? (content === undefined ? "GET" : "POST"),
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(json === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(content === undefined ? {} : { body: content, duplex: "half" }),
  });
  const response = await handler(request);
  const text = await response.text();
  await backgroundWork();
  return { status: response.status, headers: response.headers, body: (text && JSON.parse(text)) as Body };
}

export type Row = Record<string, unknown>;

/** Every row of every table, in an order of its own: equal dumps are equal databases. */
export async function dump(db: Db, ...only: string[]): Promise<Record<string, Row[]>> {
  const tables = await rows<{ name: string }>(
    db,
    sql`select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE'
        -- asking is counted and recorded in these; health and jobs try to write there
        and table_name not in ('rate_limits', 'audit_log', 'write_probe')
      order by 1`,
  );
  const wanted = tables.filter(({ name }) => only.length === 0 || only.includes(name));
  const contents: Record<string, Row[]> = {};
  for (const { name } of wanted) {
    const table = sql.identifier(name);
    const held = await rows<{ row: Row }>(db, sql`select to_jsonb(held) as row from ${table} as held order by 1`);
    contents[name] = held.map(({ row }) => row);
  }
  return contents;
}

/** An instant some hours into a week. */
export function hoursInto(week: Period, hours: number): string {
  return new Date(week.start.getTime() + hours * 3_600_000).toISOString();
}

/** What became of each item of a batch, in its order: the status, or the error as `code field`. */
export function fates(answer: Answer<Taken>): string[] {
  return answer.body.results.map(({ status, error }) => (error ? `${error.code} ${error.field}` : status));
}
