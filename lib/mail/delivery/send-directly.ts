import { config } from "../../config/config.ts";
import { AppError } from "../../errors.ts";
import { sender } from "../sender.ts";
import { escapeHtml } from "../template/letter.ts";
import { compose } from "./compose.ts";
import { SmtpConnection } from "./smtp-connection.ts";

/** A mail that bypasses the queue, because it may report that the queue does not work. */
export interface DirectMail {
  /** The local part of its `Message-ID`: two mails with the same id count as one. */
  id: string;
  to: string;
  subject: string;
  text: string;
  date: Date;
}

/** Sends a mail at once. @returns the server's reply. @throws AppError `not-configured`, or `unavailable` with the server's reply. */
export async function sendDirectly(mail: DirectMail): Promise<string> {
  const { smtp } = config();
  if (smtp === undefined) throw new AppError("not-configured", "SMTP_HOST: expected a mail server's name, got none");
  const { address, domain } = sender();
  const html = `<!doctype html><html><head><meta charset="utf-8"></head><body><pre style="font:14px/1.5 monospace;white-space:pre-wrap">${escapeHtml(mail.text)}</pre></body></html>`;
  const content = await compose({ ...mail, recipient: mail.to, html, messageId: `<${mail.id}@${domain}>` });
  const connection = new SmtpConnection(smtp);
  const delivery = await connection.send({ from: address, to: mail.to }, content, async () => {});
  connection.close();
  if (!delivery.sent) throw new AppError("unavailable", delivery.error);
  return delivery.response;
}
