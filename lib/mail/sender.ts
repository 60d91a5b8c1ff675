import { config } from "../config.ts";
import { AppError } from "../errors.ts";

/** Who a message is from. @throws AppError where nobody is set. */
export function sender(): { name: string; address: string; domain: string } {
  const { from } = config().mail;
  if (from === undefined) throw new AppError("not-configured", "EMAIL_FROM: expected the sender's address, got none");
  const [, shown = "", address = from] = /^([^<>]*)<([^<>]+)>$/.exec(from) ?? [];
  const name = shown.trim().replace(/^"(.*)"$/, "$1"); // a comma in it makes no second sender
  return { name, address, domain: address.slice(address.lastIndexOf("@") + 1) };
}
