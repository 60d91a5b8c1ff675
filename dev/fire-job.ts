import { sql } from "drizzle-orm";
import { config } from "../lib/config/config.ts";
import { type Db, rows } from "../lib/db/db.ts";
import { cronRequest } from "../lib/jobs/endpoint/trigger.ts";
import { schedulesOf } from "../lib/jobs/schedule.ts";
import type { ShowProgress } from "./steps.ts";

const POLL_MS = 200;

/**
 * Fires a job over HTTP as its cron does, and shows the progress of its run from the ledger.
 * @returns its answer. @throws Error if it failed.
 */
export async function fireJob(
  db: Db,
  url: string,
  { name, path }: { name: string; path: string },
  show: ShowProgress,
): Promise<Record<string, unknown>> {
  const expression = schedulesOf(path)[0]?.expression ?? "";
  const stopPolling = poll(async () => {
    const [run] = await rows<{ done: number; total: number }>(
      db,
      sql`select (metadata->'progress'->>'done')::float8 as done, (metadata->'progress'->>'total')::float8 as total
        from job_runs where job_name = ${name} and status = 'running' and metadata ? 'progress'
        order by started_at desc limit 1`,
    );
    if (run !== undefined) show(run.done, run.total);
  });
  try {
    const response = await fetch(cronRequest(`${url}${path}`, config().cronSecret ?? "", expression));
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${name} answered ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  } finally {
    await stopPolling();
  }
}

/** Calls `look` again and again, never twice at a time. @returns a function that stops it and waits for the last call. */
export function poll(look: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> | undefined;
  const timer = setInterval(() => {
    last ??= look()
      .catch(() => {}) // only progress: the work itself reports its errors
      .finally(() => {
        last = undefined;
      });
  }, POLL_MS);
  return async () => {
    clearInterval(timer);
    await last;
  };
}
