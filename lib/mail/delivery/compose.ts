import { buffer } from "node:stream/consumers";
import { type Config, config } from "../../config/config.ts";
import { readAddress, wireAddress } from "../../email-address.ts";
import { sender } from "../sender.ts";
import { CONTENT_ID, decodePng } from "../template/inline-image.ts";

/** The parts of a message. */
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
  /** An iCalendar object with its METHOD. Mail programs offer to add it; it is also attached as a file. */
  calendar?: string | null | undefined;
  /** A PNG in base64 that the HTML shows as `INLINE_IMAGE` (inline-image.ts). */
  inlineImage?: string | null | undefined;
}

/**
 * Composes a MIME message (RFC 5322) from text, HTML with its image (RFC 2387) and an appointment. It is signed if DKIM is
 * configured.
 * @throws RangeError for an invalid recipient, an iCalendar object without a METHOD, or an image that is not a PNG.
 */
export async function compose(message: Message): Promise<Buffer> {
  const recipient = wireAddress(message.recipient);
  if (recipient === undefined) throw new RangeError(`expected ${readAddress(message.recipient).reason}`);
  const { name, address } = sender();
  const { dkim } = config().mail;
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer"); // a run without mails does not need it
  const composer = new MailComposer({
    from: { name, address },
    to: { name: "", address: recipient },
    subject: message.subject,
    text: message.text,
    html: message.html,
    icalEvent: calendarEvent(message.calendar ?? undefined),
    attachments: imageAttachments(message.inlineImage ?? undefined),
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
  const composed = withCrlf(await composer.compile().build());
  return dkim === undefined ? composed : sign(composed, dkim);
}

/** The content type of the part repeats the METHOD (RFC 6047, section 2.4). */
function calendarEvent(calendar: string | undefined) {
  if (calendar === undefined) return undefined;
  const method = /^METHOD:([A-Z]+)\r?$/m.exec(calendar)?.[1];
  if (method === undefined) throw new RangeError("expected an iCalendar object with a METHOD, got none");
  return { method, content: calendar, filename: "invite.ics" };
}

/** Zero or one: the composer places an image with a Content-ID next to the HTML that shows it. */
function imageAttachments(inlineImage: string | undefined) {
  if (inlineImage === undefined) return [];
  return [{ cid: CONTENT_ID, contentType: "image/png", filename: "picture.png", content: decodePng(inlineImage) }];
}

/** Ends lines as SMTP requires, in one pass; the composer's own option would add another stream. */
const withCrlf = (composed: Buffer): Buffer =>
  Buffer.from(composed.toString("latin1").replaceAll(/\r?\n/g, "\r\n"), "latin1");

/** Not folded: some mail programs read only the first line of these headers. */
function unsubscribeHeaders(url: string | undefined) {
  if (url === undefined) return [];
  return [
    { key: "List-Unsubscribe", value: { prepared: true, value: `<${new URL(url).href}>` } },
    { key: "List-Unsubscribe-Post", value: { prepared: true, value: "List-Unsubscribe=One-Click" } },
  ];
}

/** RFC 6376, section 5.4.1. One-click unsubscribe requires that both of its headers are signed (RFC 8058, section 4). */
const SIGNED_HEADERS =
  "From:To:Subject:Date:Message-ID:MIME-Version:Content-Type:Content-Transfer-Encoding:Auto-Submitted:" +
  "List-Unsubscribe:List-Unsubscribe-Post";

async function sign(composed: Buffer, dkim: NonNullable<Config["mail"]["dkim"]>): Promise<Buffer> {
  const { default: Dkim } = await import("nodemailer/lib/dkim");
  const { domain: domainName, selector: keySelector, privateKey } = dkim;
  return buffer(new Dkim({ domainName, keySelector, privateKey, headerFieldNames: SIGNED_HEADERS }).sign(composed));
}
