import { sql } from "drizzle-orm";
import { createTransport } from "nodemailer";
import { configure } from "../../lib/config/config.ts";
import { rows } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { runOccurrence } from "../../lib/jobs/occurrence.ts";
import { redirectLog } from "../../lib/log.ts";
import { dispatch } from "../../lib/mail/delivery/dispatch.ts";
import { startPostgres } from "../../test/servers/postgres.ts";
import { createDatabase } from "../../test/support/database/databases.ts";
import { median, verdict } from "../support.ts";
import { queueBenchMails } from "./mail-data.ts";
import { startSink } from "./sink.ts";

const MAILS = 3_000;
const ROUNDS = 5;
const CONNECTIONS = 10;

interface Content {
  recipient: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  url: string;
}

/** The dispatcher, queue and all, against nodemailer's own pool sending the same messages from memory. */
export async function dispatchBench(): Promise<void> {
  const server = await startPostgres();
  const sink = await startSink();
  redirectLog(() => {});
  configure({
    SMTP_HOST: "127.0.0.1",
    SMTP_PORT: String(sink.port),
    SMTP_CONNECTIONS: String(CONNECTIONS),
    EMAIL_FROM: "Taktwerk <mail@club.example>",
  });
  try {
    const ours: number[] = [];
    const pools: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const { db, close } = openPostgres(await createDatabase(server.url));
      await queueBenchMails(db, MAILS);
      const mails = await rows<Content>(
        db,
        sql`select recipient, subject, text, html, message_id as "messageId", unsubscribe_url as url from email_queue order by id`,
      );
      const pool = await perSecond(() => sendByPool(mails, sink.port));
      const own = await perSecond(() => sendByDispatcher(db));
      await close();
      if (round > 0) {
        ours.push(own); // the first round warms both up
        pools.push(pool);
      }
    }
    console.log(`nodemailer's pool ${median(pools).toFixed(0)}, dispatcher ${median(ours).toFixed(0)} mails a second`);
    // Round by round: a machine that is slow for a moment is slow for both.
    const shares = ours.map((own, round) => own / (pools[round] ?? Number.NaN));
    verdict("dispatch, share of nodemailer's pool", median(shares), { atLeast: 0.8 });
  } finally {
    sink.process.kill();
    await server.stop();
  }
}

async function perSecond(send: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await send();
  return MAILS / ((performance.now() - start) / 1000);
}

async function sendByPool(mails: Content[], port: number): Promise<void> {
  const transport = createTransport({
    pool: true,
    maxConnections: CONNECTIONS,
    host: "127.0.0.1",
    port,
    secure: false,
    ignoreTLS: true,
  });
  await Promise.all(
    mails.map(({ recipient: to, url, ...content }) =>
      transport.sendMail({
        from: "Taktwerk <mail@club.example>",
        to,
        ...content,
        headers: [
          { key: "Auto-Submitted", value: "auto-generated" },
          { key: "List-Unsubscribe", value: { prepared: true, value: `<${url}>` } },
          { key: "List-Unsubscribe-Post", value: { prepared: true, value: "List-Unsubscribe=One-Click" } },
        ],
        xMailer: false,
      }),
    ),
  );
  transport.close();
}

async function sendByDispatcher(db: ReturnType<typeof openPostgres>["db"]): Promise<void> {
  const now = new Date();
  const { outcome } = await runOccurrence(dispatch, { limit: MAILS }, now, {
    db,
    now,
    clock: Date.now,
    deadline: Number.POSITIVE_INFINITY,
    trigger: "manual",
    jobTimeoutMs: 86_400_000,
    settlementDays: 7,
    zone: "UTC",
  });
  const sent = outcome.status === "completed" ? outcome.result.counts.processed : 0;
  if (sent !== MAILS) throw new Error(`expected ${MAILS} mails sent, got ${JSON.stringify(outcome)}`);
}
