import { buffer } from "node:stream/consumers";
import MailComposer from "nodemailer/lib/mail-composer";
import { type Config, config } from "../../config/config.ts";
import { readAddress, wireAddress } from "../../email-address.ts";
import { sender } from "../sender.ts";
import { CONTENT_ID, pngIn } from "../template/inline-image.ts";

/** What stands in a message. */
export interface Message {
  recipient: string;
  subject: string;
  text: string;
  html?: string | undefined;
  /** With its angle brackets. */
  messageId: string;
  /** When it was written; the same on each attempt. */
  date: Date;
  /** One-click unsubscribe (RFC 8058). */
  unsubscribeUrl?: string | null | undefined;
  /** An iCalendar object with its METHOD: mail programs offer to enter it, and it is attached for all others. */
  calendar?: string | null | undefined;
  /** A PNG in base64 that the HTML shows as `INLINE_IMAGE` (inline-image.ts): it travels with the HTML, as a part of it. */
  inlineImage?: string | null | undefined;
}

/**
 * Writes a message in MIME (RFC 5322): text, HTML with its picture (RFC 2387) and an invitation to an appointment; signs
 * it where DKIM is set up.
 * @throws RangeError for a recipient that is no address, an invitation without a method, and a picture that is no PNG.
 */
export async function compose(message: Message): Promise<Buffer> {
  const recipient = wireAddress(message.recipient);
  if (recipient === undefined) throw new RangeError(`expected ${readAddress(message.recipient).reason}`);
  const { name, address } = sender();
  const { dkim } = config().mail;
  const composer = new MailComposer({
    from: { name, address },
    to: { name: "", address: recipient },
    subject: message.subject,
    text: message.text,
    html: message.html,
    icalEvent: invitationIn(message.calendar ?? undefined),
    attachments: picturesIn(message.inlineImage ?? undefined),
    messageId: message.messageId,
    date: message.date,
    headers: [
      { key: "Auto-Submitted", value: "auto-generated" },
      ...unsubscribeHeaders(message.unsubscribeUrl ?? undefined),
    ],
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
  });
  const written = asItTravels(await composer.compile().build());
  return dkim === undefined ? written : sign(written, dkim);
}

/** The method stands in the type of the part as well (RFC 6047, section 2.4). */
function invitationIn(calendar: string | undefined) {
  if (calendar === undefined) return undefined;
  const method = /^METHOD:([A-Z]+)\r?$/m.exec(calendar)?.[1];
  if (method === undefined) throw new RangeError("expected an iCalendar object with a METHOD, got none");
  return { method, content: calendar, filename: "invite.ics" };
}

/** None or one: an image with a Content-ID is written beside the HTML, and to be shown in its place there. */
function picturesIn(inlineImage: string | undefined) {
  if (inlineImage === undefined) return [];
  return [{ cid: CONTENT_ID, contentType: "image/png", filename: "picture.png", content: pngIn(inlineImage) }];
}

/** With the ends of lines that SMTP wants, in one pass over the whole; the composer would put another stream in the way. */
const asItTravels = (written: Buffer): Buffer =>
  Buffer.from(written.toString("latin1").replaceAll(/\r?\n/g, "\r\n"), "latin1");

/** Unfolded: some mail programs read these headers only as far as the line goes. */
function unsubscribeHeaders(url: string | undefined) {
  if (url === undefined) return [];
  return [
    { key: "List-Unsubscribe", value: { prepared: true, value: `<${new URL(url).href}>` } },
    { key: "List-Unsubscribe-Post", value: { prepared: true, value: "List-Unsubscribe=One-Click" } },
  ];
}

/** RFC 6376, section 5.4.1; one-click unsubscribe counts only where both its headers are signed (RFC 8058, section 4). */
const SIGNED =
  "From:To:Subject:Date:Message-ID:MIME-Version:Content-Type:Content-Transfer-Encoding:Auto-Submitted:" +
  "List-Unsubscribe:List-Unsubscribe-Post";

async function sign(written: Buffer, dkim: NonNullable<Config["mail"]["dkim"]>): Promise<Buffer> {
  const { default: Dkim } = await import("nodemailer/lib/dkim");
  const { domain: domainName, selector: keySelector, privateKey } = dkim;
  return buffer(new Dkim({ domainName, keySelector, privateKey, headerFieldNames: SIGNED }).sign(written));
}
