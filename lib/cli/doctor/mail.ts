import { config } from "../../config/config.ts";
import { SmtpConnection } from "../../mail/delivery/smtp-connection.ts";
import { classifySmtpError } from "../../mail/delivery/smtp-errors.ts";
import { explainTlsError } from "../../mail/delivery/tls.ts";
import { fail, lacking, pass, type Result } from "./finding.ts";

/** Shorter than the limits of the mail queue, because a person waits at the terminal. */
const LIMITS = { connect: 6_000, silence: 6_000, mail: 12_000 };

/** Connects to the mail server and signs in, as for a mail, but sends none. */
export async function checkSmtp(): Promise<Result[]> {
  const { smtp, onVercel } = config();
  if (smtp === undefined) {
    const consequence = onVercel ? "no mail is sent" : "mails stay in /dev/mailbox";
    const remedy = "set SMTP_HOST, and SMTP_USER and SMTP_PASSWORD where the server requires a sign-in";
    return [lacking(`SMTP_HOST is not set: ${consequence}`, remedy)];
  }
  const { host, port, user, secure } = smtp;
  const failure = await new SmtpConnection(smtp, LIMITS).reach().then(
    () => undefined,
    (error: unknown) => ({ ...classifySmtpError(error, "connection"), tls: explainTlsError(String(error)) }),
  );
  const server = `${host}:${port}`;
  if (failure === undefined) return [pass(`${server} answers${user === undefined ? "" : " and accepts the sign-in"}`)];
  if (failure.tls !== undefined) return [fail(`${server}: ${failure.tls.problem}`, failure.tls.remedy)];
  const isRefused = /\b(535|534|530|454)\b|auth|credential|login/i.test(failure.error);
  const remedy = isRefused
    ? "correct SMTP_USER and SMTP_PASSWORD; some servers require a password made for applications"
    : "check SMTP_HOST and SMTP_PORT (587 with STARTTLS, 465 with SMTP_SECURE=true; " +
      `now SMTP_SECURE=${secure}), and that this machine may connect there`;
  return [fail(`${server}: ${failure.error}`, remedy)];
}

/** Checks the sender of mails and the recipient of alerts. */
export async function checkAddresses(): Promise<Result[]> {
  const { mail, alerts } = config();
  const results: Result[] = [];
  if (mail.from === undefined) {
    results.push(
      lacking("EMAIL_FROM is not set: mails have no sender", 'set it, such as "Taktwerk <mail@example.com>"'),
    );
  }
  if (alerts.to === undefined) {
    const remedy = "set it to an address that a person reads";
    results.push(lacking("ALERT_EMAIL is not set: incidents alert no one", remedy));
  }
  return results.length === 0 ? [pass(`mails are from ${mail.from}, alerts go to ${alerts.to}`)] : results;
}
