import { sql } from "drizzle-orm";
import { readBacklog } from "../analytics/pipeline/backlog.ts";
import { countDeadLetters } from "../analytics/pipeline/dead-letters.ts";
import { type Db, rows } from "../db/db.ts";
import { AppError } from "../errors.ts";
import type { Column } from "./output/print-rows.ts";

/** How the pipeline of one site stands. */
export interface SiteStatus {
  site: string;
  /** Events that count in its reports. */
  events: number;
  /** Events that wait for the first and for the second step of the pipeline. */
  toValidate: number;
  toLoad: number;
  /** How long the oldest of these has waited; null when none waits. */
  oldestMinutes: number | null;
  deadLetters: { reason: string; count: number }[];
}

export const STATUS_COLUMNS: readonly Column<SiteStatus>[] = [
  ["site", ({ site }) => site],
  ["events", ({ events }) => events.toLocaleString("en")],
  ["to validate", ({ toValidate }) => String(toValidate)],
  ["to load", ({ toLoad }) => String(toLoad)],
  ["oldest", ({ oldestMinutes }) => (oldestMinutes === null ? "-" : `${oldestMinutes} min`)],
  ["dead letters", ({ deadLetters }) => deadLetters.map(({ reason, count }) => `${count} ${reason}`).join(", ") || "-"],
];

/**
 * Reads how many events of each site wait, since when, and how many could not be processed.
 * @throws AppError `invalid-parameter` for an unknown site.
 */
export async function loadSiteStatus(db: Db, customerId: string | undefined, now: Date): Promise<SiteStatus[]> {
  const sites = await rows<{ customerId: string; events: number }>(
    db,
    sql`select customer_id as "customerId", (select coalesce(sum(events), 0)::float8 from business.rollups
          where rollups.customer_id = sites.customer_id and dimension in ('hour', 'bot')) as events
      from sites where ${customerId === undefined ? sql`true` : sql`customer_id = ${customerId}`} order by customer_id`,
  );
  if (customerId !== undefined && sites.length === 0) {
    throw new AppError("invalid-parameter", `customer-id: expected a site, got ${JSON.stringify(customerId)}`);
  }
  return Promise.all(
    sites.map(async ({ customerId: site, events }) => {
      const { raw, staging, oldest } = await readBacklog(db, site);
      const minutes = oldest && Math.max(0, Math.round((Number(now) - Number(oldest)) / 60_000));
      const deadLetters = await countDeadLetters(db, site);
      return { site, events, toValidate: raw, toLoad: staging, oldestMinutes: minutes ?? null, deadLetters };
    }),
  );
}
