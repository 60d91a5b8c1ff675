import type { Db } from "../../../lib/db/db.ts";
import { backgroundWork } from "../../../lib/http/background.ts";
import type { Handler } from "../../../lib/http/handler.ts";
import { type Answer, call, dump, type Row, type Sent } from "../http/requests.ts";

/** Calls a job's endpoint, and waits for the tick that follows its answer. */
export async function callJob<Body>(handler: Handler, path: string, sent: Sent = {}): Promise<Answer<Body>> {
  const answer = await call<Body>(handler, path, sent);
  await backgroundWork();
  return answer;
}

/** Every row except those of the ticks' own watch and the record of executions, which change with every request. */
export async function dumpWork(db: Db): Promise<Record<string, Row[]>> {
  const { cron_watches: _, incidents: __, job_executions: ___, ...work } = await dump(db);
  return work;
}
