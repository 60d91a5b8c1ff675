import { config } from "../../config/config.ts";
import { readMailbox } from "../../email-address.ts";

/** The name of the club: that of the sender of its mails, otherwise the host of its console. */
export function clubName(): string {
  const { baseUrl, mail } = config();
  const sender = mail.from === undefined ? undefined : readMailbox(mail.from)?.name;
  if (sender) return sender;
  return baseUrl === undefined ? "Taktwerk" : new URL(baseUrl).hostname;
}
