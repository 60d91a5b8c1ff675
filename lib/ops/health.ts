import { sql } from "drizzle-orm";
import journal from "../../drizzle/meta/_journal.json" with { type: "json" };
import { calendarState } from "../calendar/health.ts";
import { config } from "../config.ts";
import { database } from "../db/client.ts";
import { type Db, row } from "../db/db.ts";
import { describeError } from "../errors.ts";
import { bearerToken, secretsEqual } from "../http/bearer.ts";
import { type Endpoint, endpoint } from "../http/respond.ts";
import { log } from "../log.ts";
import { limitByAddress } from "./rate-limit.ts";

/** What a check found: `warn` is for people to look at, `fail` makes the deployment unhealthy. */
export interface Finding {
  status: "pass" | "warn" | "fail";
  output?: string;
}

/** No check may take longer; an answer that comes too late is none. */
const CHECK_MS = 3_000;

/**
 * `GET /api/health` (domain, section 9): 200 healthy, also with warnings, 503 not. In public only the status, with
 * `ADMIN_TOKEN` what each check found.
 */
export const healthEndpoint: Endpoint = endpoint({
  GET: async (request) => {
    await limitByAddress("reads", request);
    const findings = await checks(new Date());
    const statuses = Object.values(findings).map(({ status }) => status);
    const status = statuses.includes("fail") ? "fail" : statuses.includes("warn") ? "warn" : "pass";
    const { adminToken } = config();
    const token = bearerToken(request);
    const trusted = adminToken !== undefined && token !== undefined && secretsEqual(token, adminToken);
    return new Response(JSON.stringify(trusted ? { status, checks: findings } : { status }), {
      status: status === "fail" ? 503 : 200,
      headers: { "Content-Type": "application/health+json", "Cache-Control": "no-store" },
    });
  },
});

async function checks(now: Date): Promise<Record<string, Finding>> {
  const onDatabase = (look: (db: Db) => Promise<Finding>) => inTime(async () => look(await database()));
  const [migrations, queue, incidents, calendar] = await Promise.all([
    onDatabase(migrationsCurrent),
    onDatabase((db) => queueAge(db, now)),
    onDatabase(openIncidents),
    onDatabase(calendarState),
  ]);
  return { migrations, queue, incidents, calendar, smtp: smtpConfigured() };
}

async function inTime(check: () => Promise<Finding>): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    const finding: Finding = { status: "fail", output: `no answer from the database within ${CHECK_MS} ms` };
    timer = setTimeout(() => resolve(finding), CHECK_MS);
  });
  try {
    return await Promise.race([check(), late]);
  } catch (error) {
    const { code, message } = describeError(error);
    log("error", "health_check_failed", { error: { code, message } });
    return { status: "fail", output: `${code}: the log has more` };
  } finally {
    clearTimeout(timer);
  }
}

/** The database answers, and has every migration this deployment was built with. */
async function migrationsCurrent(db: Db): Promise<Finding> {
  const { last } = await row<{ last: string | null }>(
    db,
    sql`select max(created_at)::text as last from drizzle.__drizzle_migrations`,
  );
  const newest = journal.entries.at(-1)?.when ?? 0;
  if (Number(last ?? 0) >= newest) return { status: "pass" };
  return { status: "fail", output: "the database lacks migrations of this deployment: npm run db:migrate" };
}

const OLD_MS = 3_600_000;

async function queueAge(db: Db, now: Date): Promise<Finding> {
  const { oldest } = await row<{ oldest: string | null }>(
    db,
    sql`select min(scheduled_at) as oldest from email_queue where status in ('pending', 'retrying')`,
  );
  const age = oldest === null ? 0 : Number(now) - Number(new Date(oldest));
  return age < OLD_MS
    ? { status: "pass" }
    : { status: "warn", output: `the oldest mail has been due for ${Math.round(age / 60_000)} minutes` };
}

/** Also those that no alert mail could be sent about. */
async function openIncidents(db: Db): Promise<Finding> {
  const { titles, untold } = await row<{ titles: string[]; untold: number }>(
    db,
    sql`select coalesce(jsonb_agg(title order by opened_at), '[]') as titles,
        count(*) filter (where alerted_at is null)::int as untold
      from incidents where closed_at is null`,
  );
  if (titles.length === 0) return { status: "pass" };
  const alerts = untold === 0 ? "" : `; ${untold} of them could not be mailed about yet`;
  return { status: "warn", output: `${titles.join("; ")}${alerts}` };
}

function smtpConfigured(): Finding {
  const { alerts, mail, production, smtp } = config();
  const missing = [
    ...(smtp === undefined ? ["SMTP_HOST"] : []),
    ...(mail.from === undefined ? ["EMAIL_FROM"] : []),
    ...(alerts.to === undefined ? ["ALERT_EMAIL"] : []),
  ];
  if (missing.length === 0) return { status: "pass" };
  return { status: production ? "fail" : "warn", output: `not set: ${missing.join(", ")}` };
}
