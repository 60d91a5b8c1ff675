import { sql } from "drizzle-orm";
import * as z from "zod";
import { at } from "../../db/db.ts";
import { viewers } from "../../http/access.ts";
import { instant } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { keyPart, listOf, pageQuery, sortKey, toPage } from "../../http/responses/pages.ts";
import type { JobRegistry } from "../../jobs/registry.ts";
import type { JobCommand } from "../run-fields.ts";
import { type ExecutionSchema, executionOutcome, readExecutions } from "./execution-fields.ts";

const queryOf = (command: JobCommand) =>
  z.strictObject({
    job: command.optional(),
    outcome: executionOutcome.optional(),
    dryRun: z
      .enum(["true", "false"])
      .optional()
      .meta({ description: "Only dry runs, or only others; without it, both." }),
    from: instant.optional().meta({ description: "Only executions that started then or later." }),
    to: instant.optional().meta({ description: "Only executions that started before." }),
    ...pageQuery(sortKey(keyPart.instant, keyPart.uuid), { most: 200, usual: 50 }),
  });

export const listExecutions = (jobs: JobRegistry, command: JobCommand, execution: ExecutionSchema) =>
  operation({
    id: "listExecutions",
    method: "GET",
    path: "/api/admin/executions",
    access: viewers,
    summary: "Lists every time a job ran, dry runs too: who started it, with which parameters, what became of it.",
    description: "They are kept 400 days. `GET /api/admin/executions/{id}` also has the steps and the log.",
    query: queryOf(command),
    responses: {
      200: { description: "The newest executions first.", schema: listOf("ExecutionList", execution) },
    },
    handle: async ({ db, query: { job, outcome, dryRun, from, to, limit, cursor } }) => {
      const conditions = [
        job && sql`job_name = ${jobs[job]?.name}`,
        outcome && sql`outcome = ${outcome}`,
        dryRun && sql`dry_run = ${dryRun === "true"}`,
        from && sql`started_at >= ${at(from)}`,
        to && sql`started_at < ${at(to)}`,
        cursor && sql`(started_at, execution.id) < (${at(cursor[0])}, ${cursor[1]}::uuid)`,
      ].flatMap((condition) => condition || []);
      const executions = await readExecutions(
        db,
        jobs,
        sql`where ${conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)}
          order by started_at desc, execution.id desc limit ${limit + 1}`,
      );
      return toPage(executions, limit, ({ startedAt, id }) => [startedAt, id]);
    },
  });
