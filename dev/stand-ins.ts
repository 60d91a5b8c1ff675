import { config, configure, environment } from "../lib/config/config.ts";
import { localCalendar } from "./calendar/local-calendar.ts";
import { startGoogleCalendar } from "./google/start-server.ts";
import { keepMailsHere } from "./mailbox/local-mail.ts";

/**
 * For a command on the embedded database, stands in for what is not set up: mails stay in the local mailbox, and calendars
 * are those of the demo club.
 * @returns how to close them.
 */
export async function openStandIns(): Promise<() => Promise<void>> {
  const given = Object.fromEntries(Object.entries(environment()).filter(([, value]) => value));
  const local = config().tracking.credentials === undefined ? await localCalendar() : undefined;
  const calendar = local && (await startGoogleCalendar(local.source));
  const settings = { ...(calendar && local?.settings(calendar.url, calendar.tokenUri)), ...given };
  configure(settings);
  const closeMailbox = await keepMailsHere(settings);
  return async () => {
    await closeMailbox?.();
    await calendar?.close();
  };
}
