import { sql } from "drizzle-orm";
import { api } from "../../lib/app/api.ts";
import { configure } from "../../lib/config/config.ts";
import { useConnection } from "../../lib/db/client.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { startPostgres } from "../../test/servers/postgres.ts";
import { createDatabase } from "../../test/support/database/databases.ts";
import { median, time, verdict } from "../support.ts";

const RUNS = 100_000;
const MAILS = 1_000_000;
const TIMES = 15;
const TOKEN = "a-secret-of-the-bench";

/** `GET /api/admin/monitoring` with full tables; runs of 30 days, mails of 30 days. */
export async function monitoringBench(): Promise<void> {
  const server = await startPostgres();
  configure({ ADMIN_TOKEN: TOKEN });
  try {
    const connection = openPostgres(await createDatabase(server.url));
    useConnection(connection);
    await connection.db.execute(sql`insert into job_runs (job_name, scheduled_for, status, started_at, completed_at, trigger,
        metadata)
      select (array['email-dispatch', 'job-cleanup', 'site-processing', 'slot-maintenance'])[n % 4 + 1],
        at, case when n % 97 = 0 then 'failed' else 'completed' end, at, at, 'cron',
        jsonb_build_object('durationMs', n % 5000, 'processed', 25)
      from generate_series(1, ${RUNS}::int) n
      cross join lateral (select now() - n * interval '26 seconds' as at) as own`);
    await connection.db.execute(sql`insert into email_queue (dedupe_key, recipient, subject, text, html, message_id, status,
        scheduled_at, created_at, processed_at)
      select 'bench-' || n, 'user' || n || '@club.example', 'Deine Wochenbilanz ist da!', 'text', '<p>html</p>', '<' || n || '>',
        case when n <= 20000 then 'pending' when n % 50 = 0 then 'failed' else 'sent' end, at, at, at
      from generate_series(1, ${MAILS}::int) n
      cross join lateral (select now() - n * interval '2.6 seconds' as at) as own`);
    await connection.db.execute(sql`vacuum analyze`);
    const request = new Request("https://club.example/api/admin/monitoring", {
      headers: { Authorization: `Bearer ${TOKEN}` },
    });
    const times: number[] = [];
    for (let n = 0; n <= TIMES; n++) {
      const ms = await time(async () => {
        const answer = await api.GET(request);
        if (answer.status !== 200) throw new Error(await answer.text());
        await answer.text();
      });
      if (n > 0) times.push(ms);
    }
    verdict(`monitoring, ${RUNS} runs and ${MAILS} mails`, median(times), { atMost: 200 }, " ms");
    await connection.close();
  } finally {
    await server.stop();
  }
}
