import { config } from "../../config/config.ts";
import { AppError } from "../../errors.ts";
import { sender } from "../sender.ts";
import { escapeHtml } from "../template/letter.ts";
import { compose } from "./compose.ts";
import { Lane } from "./smtp-connection.ts";

/** A mail that does not wait in the queue, because it may be about the queue. */
export interface DirectMail {
  /** Makes its `Message-ID`: the same id is the same mail. */
  id: string;
  to: string;
  subject: string;
  text: string;
  date: Date;
}

/** Sends a mail at once. @returns the server's words. @throws AppError with the server's words, where it is not sent. */
export async function sendDirectly(mail: DirectMail): Promise<string> {
  const { smtp } = config();
  if (smtp === undefined) throw new AppError("not-configured", "SMTP_HOST: expected a mail server's name, got none");
  const { address, domain } = sender();
  const html = `<!doctype html><html><head><meta charset="utf-8"></head><body><pre style="font:14px/1.5 monospace;white-space:pre-wrap">${escapeHtml(mail.text)}</pre></body></html>`;
  const content = await compose({ ...mail, recipient: mail.to, html, messageId: `<${mail.id}@${domain}>` });
  const lane = new Lane(smtp);
  const delivery = await lane.send({ from: address, to: mail.to }, content, async () => {});
  lane.close();
  if (!delivery.sent) throw new AppError("unavailable", delivery.error);
  return delivery.response;
}
