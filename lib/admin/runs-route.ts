import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Db, json, rows, withInstants } from "../db/db.ts";
import { defineRoute, method } from "../http/define-route.ts";
import { whole } from "../http/fields.ts";
import type { Endpoint } from "../http/respond.ts";
import { commandsOf, type JobRegistry } from "../jobs/registry.ts";

/** `GET /api/admin/runs?job&limit`: the newest runs of one job, or as many of each, newest first. */
export function runsRoute(jobs: JobRegistry): Endpoint {
  const commands = commandsOf(jobs);
  return defineRoute({
    GET: method({
      summary: "The latest runs of a job, or of each: when they were due, when they began, what became of them.",
      query: z.strictObject({
        job: z.enum(commands, { error: `one of ${commands.join(", ")}` }).optional(),
        limit: whole(1, 200).default(30),
      }),
      handle: async ({ db, query: { job, limit } }) => {
        return { status: "ok", runs: await readRuns(db, jobs, job === undefined ? commands : [job], limit) };
      },
    }),
  });
}

/**
 * Reads the newest runs. `lateMs` is set only for runs that a cron was expected to start at a certain time: not for periods, which
 * run some time after their end, and not for runs that a person started or that were continued.
 */
async function readRuns(db: Db, registry: JobRegistry, commands: readonly string[], limit: number) {
  const jobs = commands.map((command) => ({
    command,
    name: registry[command]?.name,
    periodic: registry[command]?.period !== undefined,
  }));
  const runs = await rows<Record<string, unknown>>(
    db,
    sql`select id, job_name as "jobName", command, scheduled_for as "scheduledFor", status, started_at as "startedAt",
        completed_at as "completedAt", attempt, trigger, duration_ms::float8 as "durationMs",
        case when trigger in ('cron', 'catch-up') and not periodic
          then round(extract(epoch from started_at - scheduled_for) * 1000)::float8 end as "lateMs",
        coalesce(missed, false) as missed, retry_at as "retryAt",
        case when metadata ? 'error' then jsonb_build_object('code', metadata->'error'->'code',
          'message', metadata->'error'->'message') end as error,
        coalesce(metadata->>'reason', metadata->>'cleanup_reason') as reason,
        case when metadata ? 'progress' then jsonb_build_object('done', metadata->'progress'->'done',
          'total', metadata->'progress'->'total') end as progress
      from jsonb_to_recordset(${json(jobs)}) as job (command text, name text, periodic boolean)
        cross join lateral (select * from job_runs where job_name = job.name order by scheduled_for desc limit ${limit}) as run
      order by scheduled_for desc, job_name`,
  );
  return withInstants(runs, "scheduledFor", "startedAt", "completedAt", "retryAt");
}
