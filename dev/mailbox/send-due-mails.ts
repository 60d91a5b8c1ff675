import { sql } from "drizzle-orm";
import { config } from "../../lib/config/config.ts";
import { at, type Db, row } from "../../lib/db/db.ts";
import { describeError } from "../../lib/errors.ts";
import { log } from "../../lib/log.ts";
import { dispatch } from "../../lib/mail/delivery/dispatch.ts";
import { currentTime } from "../../lib/time/clock.ts";

/** The local run does not wait for the cron of the dispatch: mails appear in the mailbox within seconds. */
const INTERVAL_MS = 2_000;
const MAX_MAILS = 1_000;

/** Counts the mails that are due and not yet claimed by a dispatch. */
export async function countDueMails(db: Db, now: Date): Promise<number> {
  const { due } = await row<{ due: number }>(
    db,
    sql`select count(*)::int as due from email_queue
      where status in ('pending', 'retrying') and scheduled_at <= ${at(now)} and lease_token is null`,
  );
  return due;
}

/** Sends the due mails through the endpoint of the dispatch. @returns how many were sent. */
export async function deliverDueMails(db: Db, url: string, now: Date): Promise<number> {
  if ((await countDueMails(db, now)) === 0) return 0;
  const response = await fetch(`${url}${dispatch.path}?limit=${MAX_MAILS}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${config().cronSecret}` },
  });
  const { processed } = (await response.json()) as { processed?: number };
  return processed ?? 0;
}

/** Sends due mails again and again. @returns a function that stops it. */
export function startDelivery(db: Db, url: string): () => void {
  let isBusy = false;
  const timer = setInterval(async () => {
    if (isBusy) return;
    isBusy = true;
    await deliverDueMails(db, url, currentTime()).catch((error: unknown) => {
      log("error", "delivery_failed", { error: describeError(error) });
    });
    isBusy = false;
  }, INTERVAL_MS);
  return () => clearInterval(timer);
}
