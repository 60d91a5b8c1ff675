import { sql } from "drizzle-orm";
import type { Db } from "../../lib/db/db.ts";

/** Queues `count` due mails of the usual size (0.8 KB of text, 2.7 KB of HTML). */
export async function queueBenchMails(db: Db, count: number): Promise<void> {
  await db.execute(sql`insert into email_queue (dedupe_key, recipient, subject, text, html, unsubscribe_url, message_id,
      scheduled_at, created_at)
    select 'bench-' || n, 'user' || n || '@club.example', 'Deine Wochenbilanz ist da!',
      repeat(md5(n::text) || ' ', 25), repeat('<p>' || md5(n::text) || '</p>', 68),
      'https://club.example/api/events/emails/unsubscribe?token=' || md5(n::text), '<' || md5(n::text) || '@club.example>',
      timestamptz '2026-02-09T00:00:00Z', timestamptz '2026-02-09T00:00:00Z'
    from generate_series(1, ${count}::int) n`);
  await db.execute(sql`vacuum analyze email_queue`);
  await db.execute(sql`checkpoint`);
}
