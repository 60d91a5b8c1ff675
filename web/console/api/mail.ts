/** The response of `/api/admin/emails`. Instants are ISO texts in UTC, dates `YYYY-MM-DD`. */

export const MAIL_STATES = ["sent", "pending", "retrying", "skipped", "failed"] as const;
export type MailState = (typeof MAIL_STATES)[number];

export interface FailedMail {
  id: number;
  recipient: string;
  subject: string;
  error: string | null;
  failedAfterRetries: boolean;
  attempts: number;
  createdAt: string;
  processedAt: string | null;
}

export interface Emails {
  timezone: string;
  days: ({ date: string } & Record<MailState, number>)[];
  failed: FailedMail[];
  queue: {
    waiting: number;
    due: number;
    scheduled: number;
    oldestDueSeconds: number | null;
    secondsToDrain: number;
    deliveryUnknown: number;
  };
}
