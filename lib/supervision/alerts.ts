import { randomUUID } from "node:crypto";
import { config } from "../config/config.ts";
import type { Db } from "../db/db.ts";
import { AppError, describeError } from "../errors.ts";
import type { JobRegistry } from "../jobs/registry.ts";
import { log } from "../log.ts";
import { claimUnreportedIncident, type Incident, recordReport } from "./incidents.ts";
import type { SendAlert, Supervised } from "./supervised.ts";

/** Mails about incidents. They bypass the queue, because the queue may be what is broken. */

type Alerting = Pick<Supervised, "jobs" | "sendAlert">;

/**
 * Mails the operator about new and resolved incidents, and reminds of periods that are not evaluated. If a mail cannot be sent, the error is logged and stored in the incident,
 * and the next tick tries this mail and the rest again, so that jobs do not wait for an unreachable mail server.
 * @param clock The current time, in milliseconds since the epoch.
 * @returns The number of mails sent.
 */
export async function deliverAlerts(db: Db, clock: () => number, { jobs, sendAlert }: Alerting): Promise<number> {
  const reminded = incidentsOfPeriods(jobs);
  for (let sent = 0; ; sent += 1) {
    const incident = await claimUnreportedIncident(db, new Date(clock()), reminded);
    if (incident === undefined) return sent;
    const error = await sendIncidentMail(incident, sendAlert).then(
      () => undefined,
      (fault: unknown) => describeError(fault).message,
    );
    await recordReport(db, incident, new Date(clock()), error);
    if (error === undefined) continue;
    log("error", "alert_failed", { incident: incident.key, error });
    return sent;
  }
}

/** The keys of incidents about periods that were not evaluated: they stay open until somebody acts. */
const incidentsOfPeriods = (jobs: JobRegistry): string[] =>
  Object.values(jobs).flatMap(({ name, period }) =>
    period === undefined ? [] : [`failed:${name}`, `overdue:${name}`],
  );

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
    ...linkTo("/"),
  ]);
}

function sendIncidentMail(incident: Incident, send: SendAlert): Promise<string> {
  const { id, key, title, openedAt, closedAt, details } = incident;
  const since = `since ${openedAt.toISOString()}`;
  const when = closedAt === undefined ? since : `${since}, until ${closedAt.toISOString()}`;
  const mail = kindOfMail(incident);
  return sendAlertMail(send, `${id}-${mail.id}`, `${mail.prefix}${title}`, mail.date, [
    `${title} (${key}), ${when}.`,
    detailsOf(details),
    ...linkTo(`/incidents/${id}`),
  ]);
}

function kindOfMail({ openedAt, closedAt, alertedAt }: Incident): { id: string; prefix: string; date: Date } {
  if (closedAt !== undefined) return { id: "recovery", prefix: "Resolved: ", date: closedAt };
  if (alertedAt === undefined) return { id: "alert", prefix: "", date: openedAt };
  // The next reminder gets another id, and the repetition of one that could not be sent the same.
  return { id: `reminder-${alertedAt.getTime()}`, prefix: "Reminder: ", date: openedAt };
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

/** A link to a page of the console. */
function linkTo(path: string): string[] {
  const { baseUrl } = config();
  return baseUrl === undefined ? [] : [`In the console: ${new URL(path, baseUrl).href}`];
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
