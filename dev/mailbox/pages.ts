import type { Email } from "postal-mime";
import { escapeHtml } from "../../lib/mail/template/letter.ts";
import { addressText, type MailPage } from "./mail-list.ts";
import type { Envelope } from "./mail-store.ts";

/** Mails that are still in the queue. */
export interface Waiting {
  count: number;
  /** When the one that is due first is, or was, due. */
  oldest: Date | undefined;
}

const HOME = "/dev/mailbox";

/** The list of mails with its search. */
export function listPage({ mails, matching, page, pages }: MailPage, search: string, waiting: Waiting): string {
  const lines = mails.map(
    ({ number, subject, from, to, received }) => `<tr><td><a href="${HOME}/${number}">${titleOf(subject)}</a></td>
      <td>${escapeHtml(from)}</td><td>${escapeHtml(to)}</td><td><time>${escapeHtml(received)}</time></td></tr>`,
  );
  const turn = (to: number, label: string) =>
    to < 1 || to > pages ? "" : `<a href="${HOME}?${escapeHtml(query(search, to))}">${label}</a>`;
  return layout(
    "Mailbox",
    `<p>${waitingText(waiting)}</p>
    <form><label>Recipient or subject <input name="search" value="${escapeHtml(search)}"></label>
      <button>Search</button></form>
    <p>${matching === 1 ? "1 mail" : `${matching} mails`}${pages > 1 ? `, page ${page} of ${pages}` : ""}
      ${turn(page - 1, "Newer")} ${turn(page + 1, "Older")}</p>
    <div class="wide"><table><thead><tr><th>Subject</th><th>From</th><th>To</th><th>Received</th></tr></thead>
      <tbody>${lines.join("")}</tbody></table></div>`,
  );
}

/** One mail: its HTML in a sandboxed frame, or its text where it has no HTML. */
export function mailPage(number: number, envelope: Envelope, email: Email | undefined): string {
  const back = `<p><a href="${HOME}">All mails</a></p>`;
  const at = `${HOME}/${number}`;
  const source = `<a href="${at}/raw">Source</a>`;
  if (email === undefined) {
    return layout(`Mail ${number}`, `${back}<p>This file is not a readable mail.</p><p>${source}</p>`);
  }
  const views = [
    email.html === undefined ? "" : `<a href="${at}/html">HTML</a>`,
    email.text === undefined ? "" : `<a href="${at}/text">Plain text</a>`,
    source,
  ];
  const body =
    email.html === undefined
      ? `<pre>${escapeHtml(email.text ?? "")}</pre>`
      : `<iframe title="The mail as HTML" sandbox src="${at}/html"></iframe>`;
  return layout(
    email.subject || NO_SUBJECT,
    `${back}<dl>${details(envelope, email)}</dl>
    <p class="links">${views.filter(Boolean).join(" ")}</p>${attachments(at, email)}${body}`,
  );
}

/** A page with one sentence. */
export function messagePage(sentence: string): string {
  return layout("Mailbox", `<p>${escapeHtml(sentence)}</p><p><a href="${HOME}">All mails</a></p>`);
}

const NO_SUBJECT = "(no subject)";
const titleOf = (subject: string): string => escapeHtml(subject || NO_SUBJECT);

const query = (search: string, page: number): string =>
  new URLSearchParams(search === "" ? { page: `${page}` } : { search, page: `${page}` }).toString();

function waitingText({ count, oldest }: Waiting): string {
  if (count === 0 || oldest === undefined) return "No mail is waiting in the queue.";
  return `${count === 1 ? "1 mail waits" : `${count} mails wait`} in the queue; the first is due ${oldest.toISOString()}.`;
}

function details(envelope: Envelope, email: Email): string {
  const list = (addresses: Email["to"]) => escapeHtml((addresses ?? []).map(addressText).join(", "));
  const entries = [
    ["From", list(email.from && [email.from])],
    ["To", list(email.to)],
    ["Cc", list(email.cc)],
    ["Reply to", list(email.replyTo)],
    ["Subject", escapeHtml(email.subject ?? "")],
    ["Date", escapeHtml(email.date ?? "")],
    ["Delivered to", escapeHtml(envelope.to)],
    ["Received", escapeHtml(envelope.received)],
    ["Unsubscribe", unsubscribeLinks(email)],
  ];
  return entries.flatMap(([name, html]) => (html ? [`<dt>${name}</dt><dd>${html}</dd>`] : [])).join("");
}

/** The addresses in `List-Unsubscribe` (RFC 2369). Only web addresses become links. */
function unsubscribeLinks({ headers }: Email): string {
  const value = headers.find(({ key }) => key === "list-unsubscribe")?.value ?? "";
  const targets = [...value.matchAll(/<([^<>]*)>/g)].map(([, target = ""]) => target.replace(/\s/g, ""));
  return targets
    .map((target) =>
      /^https?:\/\//i.test(target) && URL.canParse(target)
        ? `<a href="${escapeHtml(target)}" rel="noreferrer">${escapeHtml(target)}</a>`
        : escapeHtml(target),
    )
    .join("<br>");
}

function attachments(at: string, { attachments: parts }: Email): string {
  if (parts.length === 0) return "";
  const lines = parts.map(({ filename, mimeType, content }, index) => {
    const size = typeof content === "string" ? content.length : content.byteLength;
    const name = escapeHtml(filename || `attachment-${index + 1}`);
    return `<li><a href="${at}/attachments/${index + 1}">${name}</a> (${escapeHtml(mimeType)}, ${size} bytes)</li>`;
  });
  return `<h2>Attachments</h2><ul>${lines.join("")}</ul>`;
}

function layout(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
    <meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css"></head>
    <body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;
}
