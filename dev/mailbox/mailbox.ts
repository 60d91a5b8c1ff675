import { sql } from "drizzle-orm";
import PostalMime, { type Attachment, type Email } from "postal-mime";
import { database } from "../../lib/db/client.ts";
import { instantOf, row } from "../../lib/db/db.ts";
import { listMails } from "./mail-list.ts";
import { withPictures } from "./mail-pictures.ts";
import { readMail } from "./mail-store.ts";
import { listPage, mailPage, messagePage, type Waiting } from "./pages.ts";

/**
 * `/dev/mailbox`, only on the local run: shows the mails that its mail server received as their readers see them.
 * Nothing in a mail is trusted: a view cannot run scripts or load anything.
 */
export async function mailbox(request: Request, directory: string): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === "/dev/mailbox") {
    const search = searchParams.get("search") ?? "";
    const page = Math.trunc(Number(searchParams.get("page") ?? 1)) || 1;
    return htmlPage(listPage(await listMails(directory, search, page), search, await readWaiting()));
  }
  const [, number, view, part] = PATH.exec(pathname) ?? [];
  const mail = number === undefined ? undefined : await readMail(directory, Number(number));
  if (mail === undefined) return missing("No such mail.");
  if (view === "raw") return plain(mail.source);
  const email = await PostalMime.parse(mail.source).catch(() => undefined);
  if (view === undefined) return htmlPage(mailPage(Number(number), mail.envelope, email));
  return viewOf(email, view, Number(part)) ?? missing("This mail has no such part.");
}

const PATH = /^\/dev\/mailbox\/(\d{1,15})(?:\/(html|text|raw|attachments\/(\d{1,4})))?$/;

function viewOf(email: Email | undefined, view: string, part: number): Response | undefined {
  if (view === "html")
    return email?.html === undefined ? undefined : content(withPictures(email.html, email.attachments), HTML);
  if (view === "text") return email?.text === undefined ? undefined : plain(email.text);
  const attachment = email?.attachments[part - 1];
  return attachment && download(attachment, part);
}

async function readWaiting(): Promise<Waiting> {
  const { count, oldest } = await row<{ count: number; oldest: string | null }>(
    await database(),
    sql`select count(*)::int as count, min(scheduled_at) as oldest from email_queue
      where status in ('pending', 'retrying')`,
  );
  return { count, oldest: oldest === null ? undefined : instantOf(oldest) };
}

const HTML = "text/html; charset=utf-8";
/** A mail may use its own styles and images, and nothing else. Only our page may frame it. */
const MAIL_CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox";
const PAGE_CSP = "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'";

function htmlPage(html: string, status = 200): Response {
  return new Response(html, { status, headers: { "Content-Type": HTML, "Content-Security-Policy": PAGE_CSP } });
}

const missing = (sentence: string): Response => htmlPage(messagePage(sentence), 404);

/** Answers with a part of a mail. `frame-ancestors` lets our page frame it in spite of X-Frame-Options. */
function content(body: string | Uint8Array<ArrayBuffer>, type: string, headers: Record<string, string> = {}): Response {
  return new Response(body, {
    headers: {
      "Content-Type": type,
      "Content-Security-Policy": MAIL_CSP,
      "X-Content-Type-Options": "nosniff", // browsers must not guess another type
      ...headers,
    },
  });
}

const plain = (body: string | Uint8Array<ArrayBuffer>): Response =>
  content(body, "text/plain; charset=utf-8", { "Content-Security-Policy": "default-src 'none'" });

/** Answers with an attachment as a download under its own name, so that the browser does not open it. */
function download({ filename, mimeType, content: body }: Attachment, part: number): Response {
  const name = encodeURIComponent((filename || `attachment-${part}`).toWellFormed().slice(0, 200));
  const escaped = name.replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
  const bytes = typeof body === "string" ? body : new Uint8Array(body);
  return content(mimeType === "text/calendar" ? withCalendarLines(bytes) : bytes, "application/octet-stream", {
    "Content-Disposition": `attachment; filename*=UTF-8''${escaped}`,
  });
}

/** The parser changes the ends of lines. Those of a calendar have to be CRLF (RFC 5545, section 3.1). */
function withCalendarLines(bytes: string | Uint8Array): string {
  return Buffer.from(bytes).toString().replace(/\r?\n/g, "\r\n");
}
