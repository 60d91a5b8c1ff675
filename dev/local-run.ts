import { parseArgs } from "node:util";
import { onStopSignal, STOPPED } from "../lib/cli/stop-on-signal.ts";
import { config, configure, type Environment, environment } from "../lib/config/config.ts";
import { closeDatabase, database, useConnection } from "../lib/db/client.ts";
import type { Db } from "../lib/db/db.ts";
import { openEmbedded } from "../lib/db/drivers/embedded.ts";
import { describeError } from "../lib/errors.ts";
import { backgroundWork } from "../lib/http/background.ts";
import { stopRuns } from "../lib/jobs/stopping.ts";
import { redirectLog } from "../lib/log.ts";
import { fireCrons } from "../lib/server/crons.ts";
import type { Listening } from "../lib/server/listen.ts";
import { currentTime } from "../lib/time/clock.ts";
import { localCalendar } from "./calendar/local-calendar.ts";
import { demoBookingPage } from "./demo-data/demo-booking.ts";
import { localDefaults } from "./local-defaults.ts";
import { keepMailsHere } from "./mailbox/local-mail.ts";
import { startDelivery } from "./mailbox/send-due-mails.ts";
import { serve } from "./server.ts";
import { forgetWatches } from "./stand-ins.ts";
import {
  deliverMails,
  evaluateWeek,
  fillDatabase,
  maintainSlots,
  processSite,
  trackAttendance,
} from "./start-steps.ts";
import { runStep, writeLogLine } from "./steps.ts";
import { whereToLook } from "./where-to-look.ts";

/** Runs `npm start` and sets the exit code of the process. */
export async function runLocally(args: string[]): Promise<void> {
  try {
    const { values } = parseArgs({ args, options: { once: { type: "boolean", default: false } } });
    await start(values.once);
  } catch (error) {
    if (isStopping) return;
    console.error(`\n${describeError(error).message}`);
    process.exitCode = 1;
    await closeDatabase().finally(() => process.exit());
  }
}

let isServing = false;
let isStopping = false;

async function start(once: boolean): Promise<void> {
  const now = currentTime();
  const set = Object.fromEntries(Object.entries(environment()).filter(([, value]) => value?.trim()));
  const logging = { LOG_LEVEL: "warn", LOG_FORMAT: process.stderr.isTTY ? "pretty" : "json" };
  configure({ ...logging, ...localDefaults(set), ...set });
  redirectLog((_level, line) => writeLogLine(line)); // standard output is for the person who started this
  const closers: (() => unknown)[] = [closeDatabase, backgroundWork];
  stopOnSignal(closers);

  const db = await openDatabase();
  const isEmbedded = config().databaseUrl === undefined;
  if (isEmbedded) {
    await forgetWatches(db);
    await fillDatabase(db, now);
  }
  const { server, ownCalendar, keepsMails } = await startServers(set, logging, closers);
  const { url } = server;
  const week = await evaluateWeek(db, url, now);
  const others = isEmbedded
    ? [await maintainSlots(db, url, now), await trackAttendance(db, url, now), await processSite(db, url, now)]
    : [];
  const bookingPage = isEmbedded && !once ? await demoBookingPage(url, now) : undefined;
  if (isEmbedded) await deliverMails(db, url);
  console.log(`\n${[week, ...(once ? others : [])].map(({ report }) => report).join("\n\n")}\n`);
  if (once) return close(closers);

  closers.push(fireCrons(url, config().cronSecret ?? ""));
  if (isEmbedded) closers.push(startDelivery(db, url));
  isServing = true;
  console.log(`Taktwerk runs at ${url}\n`);
  console.log(whereToLook({ url, bookingPage, keepsMails, hasDemoAccounts: isEmbedded, ownCalendar }));
}

/** Opens the database, and shows how many migrations the embedded one gets. */
function openDatabase(): Promise<Db> {
  return runStep("Database", async (show) => {
    if (config().databaseUrl !== undefined) return [await database(), "opened"];
    let applied = 0;
    const connection = await openEmbedded(".data", (done, total) => {
      applied = done;
      show(done, total);
    });
    useConnection(connection);
    return [connection.db, applied === 0 ? "opened .data/" : `created in .data/, ${applied} migrations applied`];
  });
}

interface Servers {
  server: Listening;
  /** The calendars of the demo club stand in for Google Calendar. */
  ownCalendar: boolean;
  /** The built-in mail server keeps all mails. */
  keepsMails: boolean;
}

/** Starts the web server with the stand-ins for what is not set up, and configures this process to use them. */
function startServers(set: Environment, logging: Environment, closers: (() => unknown)[]): Promise<Servers> {
  return runStep("Servers", async () => {
    const calendar = await localCalendar();
    const server = await serve(config().port, { calendar: calendar.handle });
    closers.push(server.close);
    const ownCalendar = set.GOOGLE_CREDS_BASE64 === undefined;
    const settings = {
      ...logging,
      ...localDefaults(set),
      EVENTS_BASE_URL: server.url,
      ...(ownCalendar && calendar.settings(server.url, `${server.url}/dev/google/token`)),
      ...set,
    };
    configure(settings);
    const closeMailbox = await keepMailsHere(settings);
    if (closeMailbox !== undefined) closers.push(closeMailbox);
    const parts = ["web", ...(ownCalendar ? ["calendars"] : []), ...(closeMailbox ? ["mail"] : [])];
    return [{ server, ownCalendar, keepsMails: closeMailbox !== undefined }, `${parts.join(", ")} at ${server.url}`];
  });
}

/** On Ctrl-C, stops runs at their next step, lets open requests end and closes everything. */
function stopOnSignal(closers: (() => unknown)[]): void {
  onStopSignal(() => {
    isStopping = true;
    console.log("\nStopping.");
    stopRuns();
    close(closers).finally(() => process.exit(isServing ? 0 : STOPPED));
  });
}

/** Closes what was opened last first: the crons, the servers, and in the end the database. */
async function close(closers: (() => unknown)[]): Promise<void> {
  for (const closer of closers.toReversed()) await closer();
}
