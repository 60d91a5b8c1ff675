import { join } from "node:path";
import PostalMime, { type Address } from "postal-mime";
import { mailNumbers, readMailHead } from "./mail-store.ts";

/** A mail in the list of the mailbox. Only this part of it stays in memory. */
export interface MailSummary {
  number: number;
  subject: string;
  from: string;
  /** The recipients of the envelope. */
  to: string;
  /** ISO instant of arrival. */
  received: string;
}

export interface MailPage {
  mails: MailSummary[];
  matching: number;
  /** From 1. */
  page: number;
  pages: number;
}

export const PAGE_SIZE = 200;

/** Lists the mails whose recipient or subject contains `search`, newest first. Reads only the heads of the mails. */
export async function listMails(directory: string, search: string, page: number): Promise<MailPage> {
  const numbers = await mailNumbers(directory);
  forgetAllBut(directory, numbers);
  const term = search.trim().toLowerCase();
  const matching = term === "" ? numbers : (await summaries(directory, numbers)).filter(matches(term)).map(numberOf);
  const pages = Math.max(1, Math.ceil(matching.length / PAGE_SIZE));
  const shown = Math.min(Math.max(1, page), pages);
  const mails = await summaries(directory, matching.slice((shown - 1) * PAGE_SIZE, shown * PAGE_SIZE));
  return { mails, matching: matching.length, page: shown, pages };
}

const numberOf = ({ number }: MailSummary): number => number;

const matches =
  (term: string) =>
  ({ to, subject }: MailSummary): boolean =>
    `${to}\n${subject}`.toLowerCase().includes(term);

/** Summaries by file. A file never changes, and its number is never used again. */
const cache = new Map<string, MailSummary>();

function forgetAllBut(directory: string, numbers: number[]): void {
  const present = new Set(numbers.map((number) => join(directory, String(number))));
  for (const key of cache.keys()) if (!present.has(key)) cache.delete(key);
}

const FILES_AT_ONCE = 50;

async function summaries(directory: string, numbers: number[]): Promise<MailSummary[]> {
  const result: MailSummary[] = [];
  for (let start = 0; start < numbers.length; start += FILES_AT_ONCE) {
    const batch = numbers.slice(start, start + FILES_AT_ONCE).map((number) => summaryOf(directory, number));
    result.push(...(await Promise.all(batch)).filter((summary) => summary !== undefined));
  }
  return result;
}

async function summaryOf(directory: string, number: number): Promise<MailSummary | undefined> {
  const key = join(directory, String(number));
  const summary = cache.get(key) ?? (await readSummary(directory, number));
  if (summary !== undefined) cache.set(key, summary);
  return summary;
}

async function readSummary(directory: string, number: number): Promise<MailSummary | undefined> {
  const mail = await readMailHead(directory, number);
  if (mail === undefined) return undefined;
  const { envelope, source } = mail;
  const end = source.indexOf("\r\n\r\n");
  const headers = await PostalMime.parse(end === -1 ? source : source.subarray(0, end + 4)).catch(() => undefined);
  return {
    number,
    subject: short(headers?.subject ?? ""),
    from: short(headers?.from === undefined ? envelope.from : addressText(headers.from)),
    to: short(envelope.to),
    received: envelope.received,
  };
}

const short = (text: string): string => (text.length > 300 ? `${text.slice(0, 299)}…` : text);

/** Formats an address as `Ada <ada@club.example>`, and a group with its name and members. */
export function addressText({ name, address, group }: Address): string {
  if (group !== undefined) return `${name}: ${group.map(addressText).join(", ")}`;
  return name === "" || name === address ? address : `${name} <${address}>`;
}
