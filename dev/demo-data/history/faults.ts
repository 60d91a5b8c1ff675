import type { incidents } from "../../../lib/jobs/schema.ts";
import type { emailQueue } from "../../../lib/mail/schema.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../lib/time/durations.ts";
import { members } from "../club.ts";
import { seededRandom } from "../seeded-random.ts";
import { mara } from "./operators.ts";
import { FAILURE, failureAt } from "./past-runs.ts";

/** The mails of two weeks, some of which failed, and the incidents of the last weeks. */

type PastMail = typeof emailQueue.$inferInsert;
type PastIncident = typeof incidents.$inferInsert;

const DAYS = 14;
/** The mails of an ordinary day: confirmations and reminders of bookings. */
const MAILS_A_DAY = 14;
const SUBJECTS = ["Deine Buchung ist bestätigt", "Erinnerung an deinen Termin", "Dein Termin wurde verschoben"];

/** An address that does not exist any more. */
export const GONE = "ehemalig@verein.example";

export function pastMails(now: Date): PastMail[] {
  const random = seededRandom(53);
  const club = members();
  let number = 0;
  const mail = (createdAt: Date, more: Partial<PastMail>): PastMail => {
    number += 1;
    return {
      dedupeKey: `demo-mail-${number}`,
      recipient: club[Math.floor(random() * club.length)]?.email ?? GONE,
      subject: SUBJECTS[Math.floor(random() * SUBJECTS.length)] ?? "",
      text: "",
      html: "",
      messageId: `<demo-${number}@verein.example>`,
      attempts: 1,
      scheduledAt: createdAt,
      createdAt,
      processedAt: new Date(Number(createdAt) + 4 * MINUTE_MS),
      status: "sent",
      ...more,
    };
  };
  const sent = Array.from({ length: DAYS * MAILS_A_DAY }, () =>
    mail(new Date(Number(now) - HOUR_MS - Math.floor(random() * DAYS * DAY_MS)), {}),
  );
  const failed = (hoursAgo: number, error: string, failure: string, more: Partial<PastMail> = {}) =>
    mail(new Date(Number(now) - hoursAgo * HOUR_MS), { status: "failed", error, failure, ...more });
  const afterRetries = { attempts: 4, failedAfterRetries: true };
  return [
    ...sent,
    failed(9, "550 5.1.1 mailbox unknown", "permanent", { recipient: GONE }),
    failed(14, "552 5.2.2 mailbox full", "permanent"),
    failed(18, "550 5.7.1 message refused as spam", "permanent"),
    failed(75, "552 5.2.2 mailbox full", "permanent"),
    failed(11, "451 4.3.0 try again later", "transient", afterRetries),
    failed(10, "451 4.3.0 try again later", "transient", afterRetries),
    failed(20, "the connection ended after the content was sent", "unknown"),
  ];
}

/** Two incidents that are over, and two that are open: their mails above are still failed, so that ticks keep them. */
export function pastIncidents(now: Date): PastIncident[] {
  const ago = (ms: number) => new Date(Number(now) - ms);
  const failedAt = failureAt(now);
  const recoveredAt = new Date(Number(failedAt) + 70_000);
  const unreachableAt = ago(16 * DAY_MS);
  const reachableAt = ago(16 * DAY_MS - 2 * HOUR_MS);
  const seenAt = now;
  return [
    {
      key: "mail:unreachable",
      title: "the mail server cannot be reached",
      details: { error: "connect ETIMEDOUT mail.verein.example:587" },
      openedAt: unreachableAt,
      seenAt: reachableAt,
      closedAt: reachableAt,
      alertedAt: unreachableAt,
      recoveryAlertedAt: reachableAt,
      ...acknowledged(ago(16 * DAY_MS - HOUR_MS), "Der Anbieter wartet seine Server, laut Statusseite bis 10 Uhr."),
    },
    {
      key: "failed:calendar-tracking",
      title: "calendar-tracking failed",
      details: {
        runs: [
          {
            job: "calendar-tracking",
            scheduledFor: failedAt.toISOString(),
            attempt: 1,
            error: `${FAILURE.code}: ${FAILURE.message}`,
          },
        ],
      },
      openedAt: new Date(Number(failedAt) + 8_000),
      seenAt: recoveredAt,
      closedAt: recoveredAt,
      alertedAt: new Date(Number(failedAt) + 9_000),
      recoveryAlertedAt: recoveredAt,
    },
    {
      key: "mail:delivery-unknown",
      title: "1 mails may or may not have been delivered",
      details: {},
      openedAt: ago(19 * HOUR_MS),
      seenAt,
      alertedAt: ago(19 * HOUR_MS),
    },
    {
      key: "mail:given-up",
      title: "2 mails were given up after retries",
      details: { lastError: "451 4.3.0 try again later" },
      openedAt: ago(9 * HOUR_MS),
      seenAt,
      alertedAt: ago(9 * HOUR_MS),
      ...acknowledged(ago(2 * HOUR_MS), "Die Empfänger sind angerufen, die Mails gehen morgen noch einmal raus."),
    },
  ];
}

const acknowledged = (acknowledgedAt: Date, acknowledgement: string) => ({
  acknowledgedAt,
  acknowledgement,
  acknowledgedBy: mara.actorName,
});
