import { asWork, JOBS } from "../db/admission/work.ts";
import { DatabaseUnavailable } from "../db/failures/unavailable.ts";
import { defineRoute, method } from "../http/define-route.ts";
import type { RunObserver } from "../jobs/execute.ts";
import { createInvocation } from "../jobs/invocation.ts";
import { sendTestAlert } from "../supervision/alerts.ts";
import type { SendAlert, Supervised } from "../supervision/supervised.ts";
import { supervise } from "../supervision/tick.ts";
import { reportTestError } from "../telemetry/report-error.ts";
import { currentIds } from "../trace.ts";

/** `POST /api/admin/monitoring/cleanup-jobs`: runs a tick and returns its result. */
export const cleanupJobsRoute = (supervised: Supervised, observers: readonly RunObserver[]) =>
  defineRoute({
    POST: method({
      summary:
        "Runs a tick, as every job does after its response: fails stuck runs, records missed ones, and updates incidents.",
      handle: async ({ db, now }) => {
        // Unfinished runs are left to the ticks of jobs, which have a function's whole time: the deadline is now.
        const invocation = createInvocation(db, now, "manual", Number(now), observers);
        const { expired, outage, ...others } = await asWork(JOBS, () => supervise(invocation, supervised));
        if (outage !== undefined) throw new DatabaseUnavailable(outage);
        return { status: "ok", cleaned: expired.length, jobs: expired, runs: expired, ...others };
      },
    }),
  });

/** `POST /api/admin/monitoring/test-alert`: a test mail to the operator. It returns the mail server's reply. */
export const testAlertRoute = (send: SendAlert) =>
  defineRoute({
    POST: method({
      summary: "Sends a test mail to the operator, and answers the mail server's words, or why there are none.",
      handle: async ({ now }) => ({ status: "ok", response: await sendTestAlert(now, send) }),
    }),
  });

/** `POST /api/admin/monitoring/test-error`: sends an error to the error tracker and returns the event's id, or the reason if there is none. */
export const testErrorRoute = defineRoute({
  POST: method({
    summary: "Sends a test error to the error tracker, and answers its id, or why it was not taken.",
    handle: async ({ request }) => {
      const path = new URL(request.url).pathname;
      return { status: "ok", eventId: await reportTestError({ path, ...currentIds() }) };
    },
  }),
});
