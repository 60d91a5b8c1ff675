import { desc, eq, sql } from "drizzle-orm";
import { database } from "../db/client.ts";
import { escapeHtml } from "../mail/html.ts";
import { emailQueue } from "../mail/schema.ts";

/** `/dev/mailbox`, on the local run only: the queued mails as their readers would see them. */
export async function mailbox(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const [, id, view] = /^\/dev\/mailbox(?:\/(\d{1,15})(?:\/(html|text))?)?$/.exec(pathname) ?? [];
  if (pathname === "/dev/mailbox") return page("Mailbox", await list(searchParams.get("to") ?? ""));
  const db = await database();
  const [mail] = await db
    .select()
    .from(emailQueue)
    .where(eq(emailQueue.id, Number(id ?? 0)));
  if (mail === undefined) return page("Mailbox", "<p>No such mail.</p>", 404);
  if (view === "html")
    return new Response(mail.html, { headers: { "Content-Type": HTML, "Content-Security-Policy": MAIL_CSP } });
  if (view === "text") return new Response(mail.text, { headers: { "Content-Type": "text/plain; charset=utf-8" } });
  const body = `<p><a href="/dev/mailbox">All mails</a></p>
    <dl><dt>To</dt><dd>${escapeHtml(mail.recipient)}</dd><dt>Subject</dt><dd>${escapeHtml(mail.subject)}</dd>
    <dt>Status</dt><dd>${mail.status}, queued ${mail.createdAt.toISOString()}</dd></dl>
    <p><a href="/dev/mailbox/${mail.id}/text">Plain text</a></p>
    <iframe title="The mail as HTML" sandbox src="/dev/mailbox/${mail.id}/html"></iframe>`;
  return page(mail.subject, body);
}

const SHOWN = 200;

async function list(to: string): Promise<string> {
  const db = await database();
  const { id, recipient, subject, status, createdAt } = emailQueue;
  const matching = to === "" ? undefined : sql`position(lower(${to}) in lower(${recipient})) > 0`;
  const total = await db.$count(emailQueue, matching);
  const mails = await db
    .select({ id, recipient, subject, status, createdAt })
    .from(emailQueue)
    .where(matching)
    .orderBy(desc(id))
    .limit(SHOWN);
  const lines = mails.map(
    (mail) => `<tr><td><a href="/dev/mailbox/${mail.id}">${escapeHtml(mail.subject)}</a></td>
      <td>${escapeHtml(mail.recipient)}</td><td>${mail.status}</td><td>${mail.createdAt.toISOString()}</td></tr>`,
  );
  return `<form><label>Recipient <input name="to" value="${escapeHtml(to)}"></label> <button>Search</button></form>
    <p>${total} mails${total > SHOWN ? `, the newest ${SHOWN} below` : ""}</p>
    <table><thead><tr><th>Subject</th><th>To</th><th>Status</th><th>Queued</th></tr></thead><tbody>${lines.join("")}</tbody></table>`;
}

const HTML = "text/html; charset=utf-8";
/** A mail brings its own inline styles and may do nothing else, whatever a name in it tries; only our page frames it. */
const MAIL_CSP = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";
const PAGE_CSP = "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'";

function page(title: string, body: string, status = 200): Response {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
    <meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css"></head>
    <body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;
  return new Response(html, { status, headers: { "Content-Type": HTML, "Content-Security-Policy": PAGE_CSP } });
}
