import { config } from "../lib/config/config.ts";
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from "./accounts/known-accounts.ts";

interface Places {
  url: string;
  /** The page of a booking that `npm start` made; undefined if there is none. */
  bookingPage: string | undefined;
  /** Mails stay in the built-in mailbox. */
  keepsMails: boolean;
  /** The database has the demo accounts. */
  hasDemoAccounts: boolean;
  /** The calendars are those of the demo club. */
  ownCalendar: boolean;
}

/** The last lines of `npm start`: each page with its address. */
export function whereToLook({ url, bookingPage, keepsMails, hasDemoAccounts, ownCalendar }: Places): string {
  const mails = keepsMails ? `${url}/dev/mailbox` : `mails go out through ${config().smtp?.host}`;
  const entries = [
    ["console", `${url}/`],
    ...(hasDemoAccounts ? demoAccounts(url) : []),
    ...(bookingPage === undefined ? [] : [["booking page", bookingPage]]),
    ["mailbox", mails],
    ...(ownCalendar ? [["calendars", `${url}/dev/calendar`]] : []),
    ["demo site", `${url}/dev/site`],
    ["API", `${url}/api.html`],
    ["stop", "Ctrl-C"],
  ];
  const width = Math.max(...entries.map(([name = ""]) => name.length));
  return entries.map(([name = "", where = ""]) => `  ${name.padEnd(width)}  ${where}`).join("\n");
}

function demoAccounts(url: string): [name: string, where: string][] {
  const accounts = DEMO_ACCOUNTS.map(({ email, role }) => `${email} (${role})`).join(", ");
  return [
    ["sign in", `${url}/dev/accounts has a button and the codes for each account`],
    ["accounts", `${accounts}; password: ${DEMO_PASSWORD}`],
  ];
}
