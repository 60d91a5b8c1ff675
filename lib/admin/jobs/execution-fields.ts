import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { ACTOR_KINDS } from "../../audit/actor.ts";
import { type Db, json, rows, withInstants } from "../../db/db.ts";
import { sentInstant, sentJsonObject } from "../../http/responses/fields.ts";
import { progress } from "../../jobs/endpoint/job-answers.ts";
import type { JobRegistry } from "../../jobs/registry.ts";
import { EXECUTION_OUTCOMES, EXECUTION_TRIGGERS } from "../../jobs/schema.ts";
import type { JobCommand } from "../run-fields.ts";

/** What answers say about executions (docs/domain.md, section 2). */

export const executionOutcome = z.enum(EXECUTION_OUTCOMES).meta({
  id: "ExecutionOutcome",
  description: "`partial`: it reached its time limit and continues. `lost`: its process stopped, or another took over.",
});

const executionTrigger = z.enum(EXECUTION_TRIGGERS).meta({
  id: "ExecutionTrigger",
  description:
    "What started it. `catch-up`: a missed period. `continuation`: a tick went on with it, or tried it again. `settlement`: late entries changed its period.",
});

export const sentActor = z
  .object({ kind: z.enum(ACTOR_KINDS), id: z.string().nullable(), name: z.string() })
  .meta({ id: "ExecutionActor", description: "Who started it: a person or a program, by what it signed in with." });

export const executionOf = (command: JobCommand) =>
  z
    .object({
      id: z.uuid(),
      jobName: z.string().meta({ examples: ["weekly-events"] }),
      command,
      runId: z.uuid().nullable().meta({ description: "Its run; null for a dry run, and after the run is deleted." }),
      scheduledFor: sentInstant.nullable().meta({ description: "When it was due. Of a week or month: its end." }),
      trigger: executionTrigger,
      actor: sentActor.nullable().meta({ description: "Null if a cron or a tick started it." }),
      parameters: sentJsonObject.meta({ description: "As they were given." }),
      dryRun: z.boolean(),
      attempt: z.int(),
      startedAt: sentInstant,
      endedAt: sentInstant.nullable(),
      durationMs: z.int().nullable().meta({ description: "Null while it runs." }),
      outcome: executionOutcome,
      counts: sentJsonObject.nullable().meta({ description: "What it counted; only of a completed one." }),
      progress: progress.nullable().meta({ description: "How far it came, if it did not complete." }),
      error: z
        .object({ code: z.string(), message: z.string() })
        .nullable()
        .meta({ description: "Why it failed or was lost." }),
    })
    .meta({ id: "Execution", description: "One time that a job ran." });

export type ExecutionSchema = ReturnType<typeof executionOf>;
export type Execution = z.input<ExecutionSchema>;

/** Reads executions. @param which The rest of the statement; the table is `execution`, the job `job`. */
export async function readExecutions(db: Db, registry: JobRegistry, which: SQL) {
  const jobs = Object.entries(registry).map(([command, { name }]) => ({ command, name }));
  const found = await rows<Execution>(
    db,
    sql`select execution.id, job_name as "jobName", command, run_id as "runId", scheduled_for as "scheduledFor", trigger,
        case when actor_kind is not null
          then jsonb_build_object('kind', actor_kind, 'id', actor_id, 'name', actor_name) end as actor,
        parameters, dry_run as "dryRun", attempt, started_at as "startedAt", ended_at as "endedAt",
        round(extract(epoch from ended_at - started_at) * 1000)::float8 as "durationMs", outcome,
        case when outcome = 'completed' then counts end as counts,
        case when outcome <> 'completed' then counts end as progress,
        case when error is not null then jsonb_build_object('code', error->'code', 'message', error->'message') end as error
      from job_executions as execution
      join jsonb_to_recordset(${json(jobs)}) as job (command text, name text) on name = job_name ${which}`,
  );
  return withInstants(found, "scheduledFor", "startedAt", "endedAt");
}
