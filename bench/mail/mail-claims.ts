import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { PgBoss } from "pg-boss";
import { type Db, rows } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { decideOutcome } from "../../lib/mail/delivery/outcome.ts";
import { claimMails, recordOutcomes } from "../../lib/mail/queue/queue-claims.ts";
import { startPostgres } from "../../test/servers/postgres.ts";
import { createDatabase } from "../../test/support/database/databases.ts";
import { median, verdict } from "../support.ts";
import { queueBenchMails } from "./mail-data.ts";

const MAILS = 60_000;
const BATCH = 50;
const WORKERS = 4;
const ROUNDS = 3;
const QUEUE = "mails";

/** Measures claiming mails and recording them as sent, without sending, compared with pg-boss. */
export async function mailClaimsBench(): Promise<void> {
  const server = await startPostgres();
  try {
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const url = await createDatabase(server.url);
      const { db, close } = openPostgres(url, { max: WORKERS });
      await queueBenchMails(db, MAILS);
      theirs.push(await perSecond(await pgBoss(url, db)));
      await db.execute(sql`checkpoint`);
      ours.push(await perSecond(() => drain(db)));
      await close();
    }
    console.log(`pg-boss ${median(theirs).toFixed(0)}, ours ${median(ours).toFixed(0)} mails a second`);
    verdict("claim and complete", median(ours), { atLeast: 15_000 }, " mails a second");
    verdict("claim and complete, times pg-boss", median(ours) / median(theirs), { atLeast: 1 });
  } finally {
    await server.stop();
  }
}

async function perSecond(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return MAILS / ((performance.now() - start) / 1000);
}

async function drain(db: Db): Promise<void> {
  const now = new Date("2026-02-09T00:15:00Z");
  const worker = async () => {
    for (;;) {
      const token = randomUUID();
      const { mails } = await claimMails(db, token, BATCH, undefined, now);
      if (mails.length === 0) return;
      const sent = mails.map((mail) => decideOutcome(mail, { sent: true, response: "" }, now, 0));
      await recordOutcomes(db, token, sent, undefined, now);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
}

/** Queues the same mails as jobs of pg-boss. @returns a function that fetches and completes them. */
async function pgBoss(url: string, db: Db): Promise<() => Promise<void>> {
  const boss = new PgBoss({ connectionString: url, max: WORKERS, supervise: false, schedule: false });
  boss.on("error", () => {}); // its connections break when the server stops
  await boss.start();
  await boss.createQueue(QUEUE);
  const mails = await rows<Record<string, unknown>>(
    db,
    sql`select recipient, subject, text, html, message_id, unsubscribe_url from email_queue`,
  );
  for (let from = 0; from < mails.length; from += 2_000) {
    await boss.insert(
      QUEUE,
      mails.slice(from, from + 2_000).map((data) => ({ data })),
    );
  }
  await db.execute(sql`vacuum analyze`);
  await db.execute(sql`checkpoint`);
  const worker = async () => {
    for (;;) {
      const jobs = await boss.fetch(QUEUE, { batchSize: BATCH });
      if (jobs.length === 0) return;
      await boss.complete(
        QUEUE,
        jobs.map(({ id }) => id),
      );
    }
  };
  return async () => {
    await Promise.all(Array.from({ length: WORKERS }, worker));
    await boss.stop({ graceful: false });
  };
}
