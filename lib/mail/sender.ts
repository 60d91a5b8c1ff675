import { config } from "../config/config.ts";
import { readMailbox, wireAddress } from "../email-address.ts";
import { AppError } from "../errors.ts";

/** The sender of all mails, from `EMAIL_FROM`, and its domain in ASCII for the Message-ID. @throws AppError `not-configured`. */
export function sender(): { name: string; address: string; domain: string } {
  const { from } = config().mail;
  if (from === undefined) throw new AppError("not-configured", "EMAIL_FROM: expected the sender's address, got none");
  const { name, address } = readMailbox(from) ?? { name: "", address: from };
  const wire = wireAddress(address) ?? address;
  return { name, address: wire, domain: wire.slice(wire.lastIndexOf("@") + 1) };
}
