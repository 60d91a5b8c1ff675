import { type Config, config, type SmtpSettings } from "../config/config.ts";
import type { Finding } from "./finding.ts";

/** How long the server has for each of its words: less than the check has, so that there is something to say. */
const PATIENCE_MS = 1_500;

/** How long an instance remembers the result, so that health checks cannot cause many connections. */
const REMEMBERED_MS = 30_000;

let remembered: { smtp: SmtpSettings; at: number; finding: Promise<Finding> } | undefined;

/**
 * Checks whether the mail server responds and accepts the sign-in. If it does not, mails wait in the queue and none is lost. If no
 * mail server is configured in production, no mail could be sent.
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
    return {
      status: "warn",
      output: `the mail server refuses the connection (${reasonOf(fault)}); mails wait in the queue`,
    };
  }
}

/** The reason by code alone, because the server's message may contain the user name. */
function reasonOf(fault: unknown): string {
  const { code, responseCode } = fault as Record<string, unknown>;
  return [code, responseCode].filter((part) => typeof part === "string" || typeof part === "number").join(" ");
}
