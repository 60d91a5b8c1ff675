import { type Config, config, type SmtpSettings } from "../config/config.ts";
import type { Finding } from "./finding.ts";

/** How long the server has for each of its words: less than the check has, so that there is something to say. */
const PATIENCE_MS = 1_500;

/** For how long an instance knows how the server was: whoever may call health cannot make us call the server as often. */
const REMEMBERED_MS = 30_000;

let remembered: { smtp: SmtpSettings; at: number; finding: Promise<Finding> } | undefined;

/**
 * Whether the mail server takes us: it greets, and takes the sign-in. Where it does not, nothing is lost, since mails wait in
 * the queue; where there is none, in production nothing could ever be sent.
 */
export async function mailServer(now: Date): Promise<Finding> {
  const { production, smtp } = config();
  const missing = unset(config());
  if (smtp === undefined || missing.length > 0) {
    return { status: production ? "fail" : "warn", output: `not set: ${missing.join(", ")}` };
  }
  if (remembered?.smtp !== smtp || Number(now) - remembered.at >= REMEMBERED_MS) {
    remembered = { smtp, at: Number(now), finding: reach(smtp) };
  }
  return remembered.finding;
}

function unset({ alerts, mail, smtp }: Config): string[] {
  return [
    ...(smtp === undefined ? ["SMTP_HOST"] : []),
    ...(mail.from === undefined ? ["EMAIL_FROM"] : []),
    ...(alerts.to === undefined ? ["ALERT_EMAIL"] : []),
  ];
}

async function reach(smtp: SmtpSettings): Promise<Finding> {
  const { SmtpConnection } = await import("../mail/delivery/smtp-connection.ts"); // a mail client, which others that load this have no use for
  const { explainTlsError } = await import("../mail/delivery/tls.ts");
  const start = performance.now();
  try {
    await new SmtpConnection(smtp, { connect: PATIENCE_MS, silence: PATIENCE_MS, mail: PATIENCE_MS }).reach();
    return { status: "pass", observedValue: Math.round(performance.now() - start), observedUnit: "ms" };
  } catch (fault) {
    const tls = explainTlsError(String(fault));
    if (tls !== undefined) return { status: "warn", output: `${tls.problem}: ${tls.remedy}; mails wait in the queue` };
    return { status: "warn", output: `the mail server does not take us (${reasonOf(fault)}); mails wait in the queue` };
  }
}

/** By code alone: what a server says may hold the name that we signed in with. */
function reasonOf(fault: unknown): string {
  const { code, responseCode } = fault as Record<string, unknown>;
  return [code, responseCode].filter((part) => typeof part === "string" || typeof part === "number").join(" ");
}
