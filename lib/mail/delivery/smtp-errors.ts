import { describeError } from "../../errors.ts";
import { tlsFaultIn } from "./tls.ts";

/** What a server's answer, or the lack of one, means for a mail (RFC 5321, RFC 3463). Pure. */

/** How far a mail had come. From `content` on, the server may have it. */
export type Stage = "connection" | "envelope" | "content";

export interface Verdict {
  /**
   * Whose fault it is: the way to the server's or the server's own (`connection`), this moment's (`transient`), the
   * mail's (`permanent`); `unknown`, where the server may have taken it.
   */
  failure: "connection" | "transient" | "permanent" | "unknown";
  stage: Stage;
  /** The server's own words, where it said any. */
  error: string;
  /** There is no such mailbox: nothing should be sent there again. */
  unknownMailbox: boolean;
  /** The delay the server asks for, in milliseconds. */
  retryAfterMs: number | undefined;
}

const LONGEST_ERROR = 500;

/** Judges what `nodemailer` reports of a mail that was not sent. */
export function verdictOf(fault: unknown, stage: Stage): Verdict {
  const { response, command, code } = fault as Record<string, unknown>;
  const words = typeof response === "string" ? response : undefined;
  const failure = failureOf(statusOf(words), words !== undefined, code, stage);
  const aboutRecipient = failure === "permanent" && command !== "MAIL FROM";
  return {
    failure,
    stage,
    error: storable(words ?? wordsOf(fault)),
    unknownMailbox: aboutRecipient && words !== undefined && isUnknownMailbox(words),
    retryAfterMs: words === undefined ? undefined : namedDelayMs(words),
  };
}

/** What is wrong where the server said nothing: a failed handshake in words that tell what to do. */
function wordsOf(fault: unknown): string {
  const { message } = describeError(fault);
  const tls = tlsFaultIn(message);
  return tls === undefined ? message || String((fault as { code?: unknown }).code) : `${tls.says}: ${tls.remedy}`;
}

/** The code of a reply that is one; anything else a server may say is noise. */
function statusOf(words: string | undefined): number | undefined {
  const code = /^([245]\d\d)(?![^ -])/.exec(words ?? "")?.[1];
  return code === undefined ? undefined : Number(code);
}

/** Words of a stranger as the database takes them: no control characters, no half of a surrogate pair. */
const storable = (words: string): string =>
  words
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, LONGEST_ERROR)
    .toWellFormed();

/** Replies that are about this client and not about the mail: no service now, sign in first, TLS first. */
const NOT_ABOUT_THE_MAIL = new Set([421, 530, 534, 535, 538]);

function failureOf(status: number | undefined, spoke: boolean, code: unknown, stage: Stage): Verdict["failure"] {
  if (stage === "connection") return "connection";
  if (status !== undefined && NOT_ABOUT_THE_MAIL.has(status) && stage === "envelope") return "connection";
  if (status !== undefined && status >= 500) return "permanent";
  if (status !== undefined && status >= 400) return "transient";
  if (stage === "content") return "unknown"; // silence, a cut connection, or words nobody understands
  if (code === "EENVELOPE" && !spoke) return "permanent"; // an address that cannot be written in a command
  if (code === "ESTREAM") return "transient"; // it was us who did not hand over
  return spoke ? "transient" : "connection";
}

/** Enhanced codes of RFC 3463 where there is one; else the usual words. */
function isUnknownMailbox(words: string): boolean {
  const enhanced = /^5\d\d[ -](5\.\d{1,3}\.\d{1,3})/.exec(words)?.[1];
  if (enhanced !== undefined) return ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"].includes(enhanced);
  return /^55[013][ -]/.test(words) && /(unknown|no such|invalid|nonexist\w*|does(n't| not) exist)/i.test(words);
}

const UNIT_MS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000 };
const LONGEST_DELAY_MS = 24 * 3_600_000;

/** `try again in 5 minutes`, `greylisted for 300 seconds`, `retry after 2 h`. */
function namedDelayMs(words: string): number | undefined {
  const [, amount, unit] =
    /\b(\d{1,6})\s*(s|m|h)(?:ec(?:ond)?s?|in(?:ute)?s?|(?:ou)?rs?)?\b/i.exec(words.slice(3)) ?? [];
  if (amount === undefined || unit === undefined) return undefined;
  return Math.min(LONGEST_DELAY_MS, Number(amount) * (UNIT_MS[unit.toLowerCase()] ?? 0));
}
