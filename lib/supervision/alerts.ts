import { randomUUID } from "node:crypto";
import { config } from "../config/config.ts";
import type { Db } from "../db/db.ts";
import { AppError, describeError } from "../errors.ts";
import { log } from "../log.ts";
import { claimUnreportedIncident, type Incident, recordReport } from "./incidents.ts";
import type { SendAlert } from "./supervised.ts";

/** Mails about incidents. They bypass the queue, because the queue may be what is broken. */

/**
 * Mails the operator about new and resolved incidents. If a mail cannot be sent, the error is logged and stored in the incident,
 * and the next tick tries this mail and the rest again, so that jobs do not wait for an unreachable mail server.
 * @param clock The current time, in milliseconds since the epoch.
 * @returns The number of mails sent.
 */
export async function deliverAlerts(db: Db, clock: () => number, send: SendAlert): Promise<number> {
  for (let sent = 0; ; sent += 1) {
    const incident = await claimUnreportedIncident(db, new Date(clock()));
    if (incident === undefined) return sent;
    const error = await sendIncidentMail(incident, send).then(
      () => undefined,
      (fault: unknown) => describeError(fault).message,
    );
    await recordReport(db, incident, new Date(clock()), error);
    if (error === undefined) continue;
    log("error", "alert_failed", { incident: incident.key, error });
    return sent;
  }
}

/** Sends a test alert. @returns the server's answer. @throws AppError with what is missing or went wrong. */
export function sendTestAlert(now: Date, send: SendAlert): Promise<string> {
  return sendAlertMail(send, `test-${now.getTime()}`, "Test alert", now, [
    "This is a test. If you read it, alerts reach you.",
    "There is nothing to do.",
  ]);
}

/** Sends the alert of an outage of the database, which cannot be stored. @throws AppError as `sendTestAlert` does. */
export function sendOutageAlert(
  title: string,
  details: Record<string, unknown>,
  since: Date,
  send: SendAlert,
): Promise<string> {
  return sendAlertMail(send, `outage-${since.getTime()}-${randomUUID()}`, title, since, [
    `${title}, since ${since.toISOString()}.`,
    detailsOf(details),
    "Requests get the status 503 until the database is back. Then jobs catch up on missed runs.",
    ...whereToLook(),
  ]);
}

function sendIncidentMail(incident: Incident, send: SendAlert): Promise<string> {
  const recovered = incident.closedAt !== undefined;
  const since = `since ${incident.openedAt.toISOString()}`;
  const when = recovered ? `${since}, until ${incident.closedAt?.toISOString()}` : since;
  return sendAlertMail(
    send,
    `${incident.id}-${recovered ? "recovery" : "alert"}`,
    recovered ? `Resolved: ${incident.title}` : incident.title,
    incident.closedAt ?? incident.openedAt,
    [`${incident.title} (${incident.key}), ${when}.`, detailsOf(incident.details), ...whereToLook()],
  );
}

/** Details as lines a person reads, without braces. */
function detailsOf(details: Record<string, unknown>): string {
  const line = (value: unknown): string =>
    typeof value === "object" && value !== null
      ? Object.entries(value)
          .map(([name, inner]) => `${name} ${line(inner)}`)
          .join(", ")
      : String(value);
  return Object.entries(details)
    .flatMap(([name, value]) =>
      Array.isArray(value) ? [`${name}:`, ...value.map((item) => `  - ${line(item)}`)] : [`${name}: ${line(value)}`],
    )
    .join("\n");
}

function whereToLook(): string[] {
  const { baseUrl } = config();
  return baseUrl === undefined ? [] : [`All of it: GET ${baseUrl}/api/admin/monitoring (ADMIN_TOKEN)`];
}

async function sendAlertMail(
  send: SendAlert,
  id: string,
  title: string,
  date: Date,
  paragraphs: string[],
): Promise<string> {
  const { alerts } = config();
  if (alerts.to === undefined) throw new AppError("not-configured", "ALERT_EMAIL: expected an address, got none");
  const text = `${paragraphs.filter(Boolean).join("\n\n")}\n`;
  return send({ id, to: alerts.to, subject: `${alerts.prefix} ${title}`, text, date });
}
