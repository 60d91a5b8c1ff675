import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { config } from "../../config/config.ts";
import { at, type Db, json, rows, withInstants } from "../../db/db.ts";
import { calendarDate } from "../../http/fields.ts";
import { sentInstant } from "../../http/responses/fields.ts";
import type { JobRegistry } from "../../jobs/registry.ts";
import { EXECUTION_OUTCOMES } from "../../jobs/schema.ts";
import { localDate, periodOfDate } from "../../time/periods.ts";
import { best, type SearchText, uuidRange } from "./search-text.ts";

export const jobHit = z
  .object({ command: z.string(), jobName: z.string() })
  .meta({ id: "JobHit", description: "A job whose command or name has the text." });

export const executionHit = z
  .object({
    id: z.uuid(),
    command: z.string(),
    startedAt: sentInstant,
    outcome: z.enum(EXECUTION_OUTCOMES),
    dryRun: z.boolean(),
  })
  .meta({ id: "ExecutionHit", description: "An execution with the id, or of the date." });

/** Finds jobs by their command and their name in the ledger. Pure. */
export function searchJobs(jobs: JobRegistry, text: SearchText, limit: number) {
  const hits = Object.entries(jobs)
    .map(([command, { name }]) => ({ command, jobName: name }))
    .filter(({ command, jobName }) => `${command} ${jobName}`.includes(text.lower));
  return best(hits, ({ command, jobName }) => [command, jobName], text, limit);
}

/** Finds executions by the beginning of their id, or by the local date on which they started; failed ones first. */
export async function searchExecutions(db: Db, jobs: JobRegistry, text: SearchText, limit: number, now: Date) {
  const condition = conditionOf(text, now);
  if (condition === undefined) return [];
  const commands = Object.entries(jobs).map(([command, { name }]) => ({ command, name }));
  const hits = await rows<Omit<z.output<typeof executionHit>, "startedAt"> & { startedAt: string }>(
    db,
    sql`select id, command, started_at as "startedAt", outcome, dry_run as "dryRun" from job_executions
        join jsonb_to_recordset(${json(commands)}) as job (command text, name text) on name = job_name
      where ${condition} order by outcome = 'failed' desc, started_at desc, id limit ${limit}`,
  );
  return withInstants(hits, "startedAt");
}

function conditionOf(text: SearchText, now: Date): SQL | undefined {
  const zone = config().timeZone;
  const date = dateIn(text.text, localDate(now, zone));
  if (date !== undefined) {
    const { start, end } = periodOfDate("day", date, zone);
    return sql`started_at >= ${at(start)} and started_at < ${at(end)}`;
  }
  const range = uuidRange(text);
  return range && sql`id between ${range.first}::uuid and ${range.last}::uuid`;
}

/** Reads `2026-02-03`, `3.2.2026`, or `3.2.`, which is in this year or the last one. Pure. */
export function dateIn(text: string, today: string): string | undefined {
  const [, day = "", month = "", year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})?$/.exec(text) ?? [];
  const inYear = (year: string | number) => `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const thisYear = Number(today.slice(0, 4));
  const recent = inYear(thisYear) <= today ? thisYear : thisYear - 1;
  const date = day === "" ? text : inYear(year ?? recent);
  return calendarDate.safeParse(date).success && date < "3000" ? date : undefined;
}
