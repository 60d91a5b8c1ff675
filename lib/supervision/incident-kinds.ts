/** What kinds of faults there are, and what an operator does about each. The console turns the codes into sentences and links. */

/**
 * `run-again`: run the job by hand. `see-runs`: look at the job's runs. `check-mail-server`: correct the mail settings or the
 * server. `see-mails`: look at the failed mails and queue them again. `see-attendance`, `see-site`: look at the figures.
 * `read-days`: run the attendance for the days. `process-events`: run the processing of site events. `see-incident`: no other.
 */
export const REMEDIES = [
  "run-again",
  "see-runs",
  "check-mail-server",
  "see-mails",
  "see-attendance",
  "read-days",
  "process-events",
  "see-site",
  "see-incident",
] as const;
export type Remedy = (typeof REMEDIES)[number];

/** By kind, or by kind and subject. */
const REMEDY_OF: Readonly<Record<string, Remedy>> = {
  failed: "run-again",
  overdue: "run-again",
  "stuck-runs": "see-runs",
  "mail:delivery-unknown": "see-mails",
  "mail:given-up": "see-mails",
  "mail:unreachable": "check-mail-server",
  "mail:stalled": "check-mail-server",
  "attendance:no-shows": "see-attendance",
  "attendance:out-of-reach": "read-days",
  "site:lag": "process-events",
  "site:processing-error": "see-site",
};

export interface IncidentKind {
  /** The part of the key before the colon, such as `failed`. */
  kind: string;
  /** The part after it: of `failed` and `overdue` the job's name in the ledger; null without one. */
  subject: string | null;
  remedy: Remedy;
}

/** Describes an incident by its key (job-conditions.ts and the conditions of the areas). */
export function incidentKind(key: string): IncidentKind {
  const [kind = key, subject = null] = key.split(/:(.*)/s);
  return { kind, subject, remedy: REMEDY_OF[key] ?? REMEDY_OF[kind] ?? "see-incident" };
}
