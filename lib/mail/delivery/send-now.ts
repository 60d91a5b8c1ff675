import { randomUUID } from "node:crypto";
import { config } from "../../config/config.ts";
import type { Db } from "../../db/db.ts";
import { describeError } from "../../errors.ts";
import { log } from "../../log.ts";
import { currentTime } from "../../time/clock.ts";
import { claimMails, recordOutcomes } from "../queue/queue-claims.ts";
import { sendBatch } from "./send-batch.ts";
import { SmtpConnection } from "./smtp-connection.ts";
import { SmtpPool } from "./smtp-pool.ts";

/**
 * Sends one queued mail at once, because a person waits for it. If that does not work, it stays in the queue and the
 * dispatch sends it.
 * @param dedupeKey The key that the mail was queued with.
 * @returns whether the mail server accepted it.
 */
export async function sendNow(db: Db, dedupeKey: string): Promise<boolean> {
  const { smtp, mail } = config();
  if (smtp === undefined || mail.from === undefined) return false;
  const pool = new SmtpPool([new SmtpConnection(smtp)]);
  try {
    const token = randomUUID();
    const { mails } = await claimMails(db, token, 1, mail.ratePerMinute, currentTime(), dedupeKey);
    if (mails.length === 0) return false; // the dispatch has it, or the shared rate is used up
    const outcomes = await sendBatch(db, token, mails, pool, () => false, currentTime);
    await recordOutcomes(db, token, outcomes, mail.ratePerMinute, currentTime());
    return outcomes.some(({ status }) => status === "sent");
  } catch (error) {
    log("warn", "send_now_failed", { error: describeError(error) });
    return false;
  } finally {
    pool.close();
  }
}
