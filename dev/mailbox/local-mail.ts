import { config, configure, type Environment } from "../../lib/config/config.ts";
import { MAIL_DIRECTORY } from "./mail-store.ts";
import { startMailbox } from "./smtp-server.ts";

/**
 * Where no mail server is set up, lets mails go to the built-in one, which keeps them in `.data/mailbox/`.
 * @param settings The environment to add its address to.
 * @returns how to close it; undefined where mails go out.
 */
export async function keepMailsHere(settings: Environment): Promise<(() => Promise<void>) | undefined> {
  if (config().smtp !== undefined) return undefined;
  const { port, close } = await startMailbox(MAIL_DIRECTORY);
  configure({ EMAIL_FROM: "Taktwerk <taktwerk@club.example>", ...settings, ...deliveringTo(port) });
  return close;
}

/** Settings by which mails go to the built-in SMTP server, which knows neither TLS nor sign-in. */
function deliveringTo(port: number): Environment {
  return {
    SMTP_HOST: "127.0.0.1",
    SMTP_PORT: String(port),
    SMTP_SECURE: "false",
    SMTP_USER: undefined,
    SMTP_PASSWORD: undefined,
    SMTP_PASS: undefined,
  };
}
