import type { Db } from "../db/db.ts";
import type { JobRegistry } from "../jobs/registry.ts";
import type { Condition } from "./job-conditions.ts";

/** Finds what is wrong now in one area, in the transaction that compares it with the incidents. */
export type ConditionSource = (tx: Db, now: Date) => Promise<Condition[]>;

/** A mail to the operator. It bypasses the queue, because the queue may be what is broken. */
export interface AlertMail {
  id: string;
  to: string;
  subject: string;
  text: string;
  date: Date;
}

/** Sends a mail at once. @returns The mail server's answer. @throws AppError that says what is missing or went wrong. */
export type SendAlert = (mail: AlertMail) => Promise<string>;

/** What supervision looks after. The composition root (lib/app/tick.ts) puts it together. */
export interface Supervised {
  jobs: JobRegistry;
  conditions: readonly ConditionSource[];
  sendAlert: SendAlert;
}
