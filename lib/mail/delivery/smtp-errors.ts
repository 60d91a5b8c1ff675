import { describeError } from "../../errors.ts";
import { toSingleLine } from "../../text.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../time/durations.ts";
import { explainTlsError } from "./tls.ts";

/** What an SMTP server's reply, or a missing reply, means for a mail (RFC 5321, RFC 3463). Pure. */

/** How far the delivery of a mail got. From `content` on, the server may have the mail. */
export type DeliveryStage = "connection" | "envelope" | "content";

/** Why a mail was not sent. */
export interface SmtpFailure {
  /**
   * - `connection`: the server could not be reached, or serves no client at present
   * - `transient`: a later attempt may succeed
   * - `permanent`: this mail will never be accepted
   * - `unknown`: the server may have accepted the mail
   */
  failure: "connection" | "transient" | "permanent" | "unknown";
  stage: DeliveryStage;
  /** The server's reply if there was one, at most 500 characters. */
  error: string;
  /** Whether the server says that the mailbox does not exist. */
  unknownMailbox: boolean;
  /** The delay that the server asks for, in milliseconds. */
  retryAfterMs: number | undefined;
}

const MAX_ERROR_LENGTH = 500;

/** Classifies the error that nodemailer reports for a mail (docs/domain.md, section 4). */
export function classifySmtpError(error: unknown, stage: DeliveryStage): SmtpFailure {
  const { response, command, code } = error as Record<string, unknown>;
  const reply = typeof response === "string" ? response : undefined;
  const failure = failureKind(replyCode(reply), reply !== undefined, code, stage);
  const isAboutRecipient = failure === "permanent" && command !== "MAIL FROM";
  return {
    failure,
    stage,
    error: cleanReply(reply ?? describeFailure(error)),
    unknownMailbox: isAboutRecipient && reply !== undefined && isUnknownMailbox(reply),
    retryAfterMs: reply === undefined ? undefined : requestedDelayMs(reply),
  };
}

/** Describes an error without a reply from the server; for a failed handshake, what to do about it. */
function describeFailure(error: unknown): string {
  const { message } = describeError(error);
  const tls = explainTlsError(message);
  return tls === undefined ? message || String((error as { code?: unknown }).code) : `${tls.problem}: ${tls.remedy}`;
}

/** The code of a well-formed reply; undefined for any other text. */
function replyCode(reply: string | undefined): number | undefined {
  const code = /^([245]\d\d)(?![^ -])/.exec(reply ?? "")?.[1];
  return code === undefined ? undefined : Number(code);
}

/** A server's text as the database accepts it. */
const cleanReply = (reply: string): string => toSingleLine(reply, MAX_ERROR_LENGTH);

/** Replies about this client and not about the mail: service not available, sign in first, use TLS first. */
const ABOUT_THE_CLIENT = new Set([421, 530, 534, 535, 538]);

function failureKind(
  code: number | undefined,
  replied: boolean,
  errorCode: unknown,
  stage: DeliveryStage,
): SmtpFailure["failure"] {
  if (stage === "connection") return "connection";
  if (code !== undefined && ABOUT_THE_CLIENT.has(code) && stage === "envelope") return "connection";
  if (code !== undefined && code >= 500) return "permanent";
  if (code !== undefined && code >= 400) return "transient";
  if (stage === "content") return "unknown"; // no reply, a broken connection, or a reply without a valid code
  if (errorCode === "EENVELOPE" && !replied) return "permanent"; // the address cannot be written in an SMTP command
  if (errorCode === "ESTREAM") return "transient"; // this side did not send the content
  return replied ? "transient" : "connection";
}

/** By the enhanced status code (RFC 3463) if there is one, otherwise by the usual words. */
function isUnknownMailbox(reply: string): boolean {
  const enhanced = /^5\d\d[ -](5\.\d{1,3}\.\d{1,3})/.exec(reply)?.[1];
  if (enhanced !== undefined) return ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"].includes(enhanced);
  return /^55[013][ -]/.test(reply) && /(unknown|no such|invalid|nonexist\w*|does(n't| not) exist)/i.test(reply);
}

const UNIT_MS: Record<string, number> = { s: 1_000, m: MINUTE_MS, h: HOUR_MS };
const MAX_DELAY_MS = DAY_MS;

/** The delay in replies such as `try again in 5 minutes`, `greylisted for 300 seconds`, `retry after 2 h`. */
function requestedDelayMs(reply: string): number | undefined {
  const [, amount, unit] =
    /\b(\d{1,6})\s*(s|m|h)(?:ec(?:ond)?s?|in(?:ute)?s?|(?:ou)?rs?)?\b/i.exec(reply.slice(3)) ?? [];
  if (amount === undefined || unit === undefined) return undefined;
  return Math.min(MAX_DELAY_MS, Number(amount) * (UNIT_MS[unit.toLowerCase()] ?? 0));
}
