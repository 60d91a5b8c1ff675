import { forgetRaw } from "../analytics/retention.ts";
import { anonymizeAppointments } from "../attendance/retention.ts";
import { deleteOldEntries } from "../audit/retention.ts";
import { cancelUnconfirmed } from "../booking/bookings/cancel-unconfirmed.ts";
import { forgetPastCustomers } from "../booking/bookings/forget-customers.ts";
import { releaseExpiredHolds } from "../booking/free-slots/holds.ts";
import { config } from "../config/config.ts";
import { forgetRates } from "../http/rate-limit/retention.ts";
import type { JobRegistry } from "../jobs/registry.ts";
import { forgetOldMails } from "../mail/queue/retention.ts";
import { forgetEnded } from "../operators/retention.ts";
import { type CleanupStep, cleanupJob, oldExecutions, oldRuns } from "../supervision/cleanup.ts";

/** The cleanup job with the steps of all areas, in the order in which its answer counts them. */
export const cleanup = (jobs: JobRegistry) => cleanupJob([mails, oldRuns(jobs), oldExecutions, ...OTHERS]);

const mails: CleanupStep = {
  name: "forget-mails",
  counts: ["mailsEmptied", "mailsDeleted"],
  run: async (tx, now, limit) => {
    const { emptied, deleted } = await forgetOldMails(tx, now, config().mail.retentionDays, limit);
    return { mailsEmptied: emptied, mailsDeleted: deleted };
  },
};

const OTHERS: readonly CleanupStep[] = [
  {
    name: "release-holds",
    counts: ["holdsReleased"],
    run: async (tx, now) => ({ holdsReleased: await releaseExpiredHolds(tx, undefined, now) }),
  },
  {
    name: "cancel-bookings",
    counts: ["bookingsCancelled"],
    run: async (tx, now, limit) => ({ bookingsCancelled: await cancelUnconfirmed(tx, now, limit) }),
  },
  {
    name: "forget-customers",
    counts: ["bookingsForgotten"],
    run: async (tx, now, limit) => ({
      bookingsForgotten: await forgetPastCustomers(tx, now, config().bookings.retentionDays, limit),
    }),
  },
  {
    name: "forget-appointments",
    counts: ["appointmentsForgotten"],
    run: async (tx, now, limit) => ({
      appointmentsForgotten: await anonymizeAppointments(tx, now, config().tracking.retentionDays, limit),
    }),
  },
  {
    name: "forget-events",
    counts: ["rawDaysDropped", "eventIdsForgotten", "deadLettersForgotten"],
    run: async (tx, now, limit) => ({ ...(await forgetRaw(tx, now, config().site.rawRetentionDays, limit)) }),
  },
  {
    name: "forget-sessions",
    counts: ["sessionsDeleted", "codesDeleted", "invitationsDeleted"],
    run: async (tx, now, limit) => {
      const { sessions, codes, invitations } = await forgetEnded(tx, now, limit);
      return { sessionsDeleted: sessions, codesDeleted: codes, invitationsDeleted: invitations };
    },
  },
  {
    name: "forget-changes",
    counts: ["auditEntriesDeleted"],
    run: async (tx, now, limit) => ({ auditEntriesDeleted: await deleteOldEntries(tx, now, limit) }),
  },
  {
    name: "forget-rates",
    counts: ["ratesForgotten"],
    run: async (tx, now, limit) => ({ ratesForgotten: await forgetRates(tx, now, limit) }),
  },
];
