import { sql } from "drizzle-orm";
import { config } from "../../lib/config/config.ts";
import { at, type Db, row } from "../../lib/db/db.ts";
import { describeError } from "../../lib/errors.ts";
import { log } from "../../lib/log.ts";
import { dispatch } from "../../lib/mail/delivery/dispatch.ts";

/** The local run does not wait for the dispatch cron: whoever plays with it wants to see the mails now. */
const EVERY_MS = 2_000;
const AT_ONCE = 1_000;

/** Sends what is due, through the endpoint. @returns how many mails went out. */
export async function deliverDue(db: Db, url: string, now: Date): Promise<number> {
  const { due } = await row<{ due: boolean }>(
    db,
    sql`select exists (select from email_queue
      where status in ('pending', 'retrying') and scheduled_at <= ${at(now)} and lease_token is null) as due`,
  );
  if (!due) return 0;
  const response = await fetch(`${url}${dispatch.path}?limit=${AT_ONCE}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${config().cronSecret}` },
  });
  const { processed } = (await response.json()) as { processed?: number };
  return processed ?? 0;
}

/** Delivers whatever becomes due, soon after. @returns how to stop. */
export function startPostman(db: Db, url: string): () => void {
  let busy = false;
  const timer = setInterval(async () => {
    if (busy) return;
    busy = true;
    await deliverDue(db, url, new Date()).catch((error: unknown) => {
      log("error", "postman_failed", { error: describeError(error) });
    });
    busy = false;
  }, EVERY_MS);
  return () => clearInterval(timer);
}
