import { config } from "../../config/config.ts";
import { SmtpConnection } from "../../mail/delivery/smtp-connection.ts";
import { classifySmtpError } from "../../mail/delivery/smtp-errors.ts";
import { explainTlsError } from "../../mail/delivery/tls.ts";
import { type Found, fail, lacking, pass } from "./finding.ts";

/** A terminal waits for less than a queue does. */
const PATIENCE = { connect: 6_000, silence: 6_000, mail: 12_000 };

/** Whether the mail server is there and lets us in: the way a mail goes, up to the mail. */
export async function lookAtSmtp(): Promise<Found[]> {
  const { smtp, onVercel } = config();
  if (smtp === undefined) {
    const says = onVercel
      ? "SMTP_HOST is not set: no mail goes out"
      : "SMTP_HOST is not set: mails stay in /dev/mailbox";
    return [lacking(says, "set SMTP_HOST, and SMTP_USER and SMTP_PASSWORD where the server wants a sign-in")];
  }
  const { host, port, user, secure } = smtp;
  const fault = await new SmtpConnection(smtp, PATIENCE).reach().then(
    () => undefined,
    (error: unknown) => ({ ...classifySmtpError(error, "connection"), tls: explainTlsError(String(error)) }),
  );
  const where = `${host}:${port}`;
  if (fault === undefined) return [pass(`${where} answers${user === undefined ? "" : " and accepts the sign-in"}`)];
  if (fault.tls !== undefined) return [fail(`${where}: ${fault.tls.problem}`, fault.tls.remedy)];
  const refused = /\b(535|534|530|454)\b|auth|credential|login/i.test(fault.error);
  const remedy = refused
    ? "correct SMTP_USER and SMTP_PASSWORD; some servers want a password for applications"
    : `see that SMTP_HOST and SMTP_PORT are right (587 with STARTTLS, 465 with SMTP_SECURE=true; now SMTP_SECURE=${secure}) and that this machine may connect there`;
  return [fail(`${where}: ${fault.error}`, remedy)];
}

/** Who mails are from, and who hears of incidents. */
export async function lookAtAddresses(): Promise<Found[]> {
  const { mail, alerts } = config();
  const found: Found[] = [];
  if (mail.from === undefined) {
    found.push(lacking("EMAIL_FROM is not set: no mail has a sender", 'set it, such as "Taktwerk <mail@example.com>"'));
  }
  if (alerts.to === undefined) {
    found.push(
      lacking("ALERT_EMAIL is not set: nobody hears of incidents", "set it to an address that somebody reads"),
    );
  }
  return found.length === 0 ? [pass(`mails are from ${mail.from}, alerts go to ${alerts.to}`)] : found;
}
