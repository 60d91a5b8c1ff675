import { sql } from "drizzle-orm";
import { readBacklog } from "../analytics/pipeline/backlog.ts";
import { countDeadLetters } from "../analytics/pipeline/dead-letters.ts";
import { type Db, rows } from "../db/db.ts";
import { AppError } from "../errors.ts";
import { table } from "../text-table.ts";
import { argumentsIn } from "./arguments.ts";

/** What `npm run job -- site` can do; all but `status` is the job. */
export const SITE_VERBS = ["status", "process", "replay"] as const;

/** `site status [--customer-id …]`: what waits of each site, since when, and what could not be taken further, and why. */
export async function siteStatus(db: Db, args: string[], now: Date): Promise<string> {
  const { values } = argumentsIn({ args, options: { "customer-id": { type: "string" } }, strict: true });
  const asked = values["customer-id"];
  const sites = await rows<{ customerId: string; events: number }>(
    db,
    sql`select customer_id as "customerId", (select coalesce(sum(events), 0)::float8 from business.rollups
          where rollups.customer_id = sites.customer_id and dimension in ('hour', 'bot')) as events
      from sites where ${asked === undefined ? sql`true` : sql`customer_id = ${asked}`} order by customer_id`,
  );
  if (asked !== undefined && sites.length === 0) {
    throw new AppError("invalid-parameter", `customer-id: expected a site, got ${JSON.stringify(asked)}`);
  }
  if (sites.length === 0) return "There are no sites yet: POST /api/admin/sites makes one.";
  const lines = await Promise.all(
    sites.map(async ({ customerId, events }) => {
      const { raw, staging, oldest } = await readBacklog(db, customerId);
      const dead = await countDeadLetters(db, customerId);
      return [
        customerId,
        events.toLocaleString("en"),
        String(raw),
        String(staging),
        oldest === undefined ? "-" : `${Math.max(0, Math.round((Number(now) - Number(oldest)) / 60_000))} min`,
        dead.map(({ reason, count }) => `${count} ${reason}`).join(", ") || "-",
      ];
    }),
  );
  return table(["site", "events", "to stage", "to promote", "oldest", "dead letters"], lines);
}
