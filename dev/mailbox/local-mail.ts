import { config, configure, type Environment } from "../../lib/config/config.ts";
import { MAIL_DIRECTORY } from "./mail-store.ts";
import { startMailbox } from "./smtp-server.ts";

/**
 * Starts the built-in mail server, which keeps all mails in `.data/mailbox/`, unless a mail server is set.
 * @param settings The settings of this process; it is configured with these and the address of the built-in server.
 * @returns a function that closes the server; undefined where mails go to the server that is set.
 */
export async function keepMailsHere(settings: Environment): Promise<(() => Promise<void>) | undefined> {
  if (config().smtp !== undefined) return undefined;
  const { port, close } = await startMailbox(MAIL_DIRECTORY);
  configure({ EMAIL_FROM: "Nordlicht Training <mail@nordlicht.example>", ...settings, ...settingsFor(port) });
  return close;
}

/** Settings that send mails to the built-in server, which has neither TLS nor sign-in. */
function settingsFor(port: number): Environment {
  return {
    SMTP_HOST: "127.0.0.1",
    SMTP_PORT: String(port),
    SMTP_SECURE: "false",
    SMTP_USER: undefined,
    SMTP_PASSWORD: undefined,
    SMTP_PASS: undefined,
  };
}
