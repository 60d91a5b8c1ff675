import { config, configure, type Environment } from "../lib/config/config.ts";
import type { Db } from "../lib/db/db.ts";
import { cronWatches } from "../lib/jobs/schema.ts";
import { localCalendar } from "./calendar/local-calendar.ts";
import { startGoogleCalendar } from "./google/start-server.ts";
import { keepMailsHere } from "./mailbox/local-mail.ts";

/**
 * Starts what the embedded database needs around it: the built-in mail server, and the calendars of the demo club where
 * no Google account is set. Configures this process to use them.
 * @param settings The settings of this process.
 * @returns a function that closes them.
 */
export async function openStandIns(settings: Environment, db: Db): Promise<() => Promise<void>> {
  await forgetWatches(db);
  const local = config().tracking.credentials === undefined ? await localCalendar() : undefined;
  const calendar = local && (await startGoogleCalendar(local.source));
  const withCalendar = { ...(calendar && local?.settings(calendar.url, calendar.tokenUri)), ...settings };
  configure(withCalendar);
  const closeMailbox = await keepMailsHere(withCalendar);
  return async () => {
    await closeMailbox?.();
    await calendar?.close();
  };
}

/** Nothing fires crons while no process has the embedded database open, so that no job is overdue because of that time. */
export async function forgetWatches(db: Db): Promise<void> {
  await db.delete(cronWatches);
}
