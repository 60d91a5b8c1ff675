import * as z from "zod";
import { asWork, JOBS } from "../db/admission/work.ts";
import { DatabaseUnavailable } from "../db/failures/unavailable.ts";
import { admins, staff } from "../http/access.ts";
import { operation } from "../http/operation.ts";
import type { RunObserver } from "../jobs/execute.ts";
import { createInvocation } from "../jobs/invocation.ts";
import { sendTestAlert } from "../supervision/alerts.ts";
import { expiredRun } from "../supervision/expire.ts";
import type { SendAlert, Supervised } from "../supervision/supervised.ts";
import { supervise } from "../supervision/tick.ts";
import { reportTestError } from "../telemetry/report-error.ts";
import { currentIds } from "../trace.ts";

/** What operators do beside monitoring: run a tick, and test the channels that report faults. */

const expiredRuns = z.array(expiredRun);
const incidentKeys = z.array(z.string()).meta({ examples: [["failed:weekly-events"]] });

const tickResult = z
  .object({
    status: z.literal("ok"),
    cleaned: z.int().meta({ description: "The number of stuck runs that were set to failed." }),
    jobs: expiredRuns.meta({ description: "Those runs." }),
    runs: expiredRuns.meta({ description: "The same as `jobs`." }),
    opened: incidentKeys.meta({ description: "The keys of the incidents that opened." }),
    closed: incidentKeys.meta({ description: "The keys of the incidents that closed." }),
    told: z.int().meta({ description: "The alerts and recovery mails that were sent." }),
    resumed: z.array(z.string()).meta({ description: "The runs that were continued; none by hand." }),
  })
  .meta({ id: "TickResult", description: "What a tick did." });

const cleanUpJobs = (supervised: Supervised, observers: readonly RunObserver[]) =>
  operation({
    id: "cleanUpJobs",
    method: "POST",
    path: "/api/admin/monitoring/cleanup-jobs",
    access: staff,
    summary:
      "Runs a tick, as every job does after its response: fails stuck runs, records missed ones, and updates incidents.",
    description: "Unfinished runs are left to the ticks of jobs.",
    responses: { 200: { description: "What the tick did.", schema: tickResult } },
    handle: async ({ db, now }) => {
      // Unfinished runs are left to the ticks of jobs, which have a function's whole time: the deadline is now.
      const invocation = createInvocation(db, now, "manual", Number(now), observers);
      const { expired, outage, ...others } = await asWork(JOBS, () => supervise(invocation, supervised));
      if (outage !== undefined) throw new DatabaseUnavailable(outage);
      return { status: "ok" as const, cleaned: expired.length, jobs: expired, runs: expired, ...others };
    },
  });

const testAlertResult = z
  .object({ status: z.literal("ok"), response: z.string().meta({ description: "The mail server's reply." }) })
  .meta({ id: "TestAlertResult", description: "What the mail server answered." });

const sendAlertTest = (send: SendAlert) =>
  operation({
    id: "sendTestAlert",
    method: "POST",
    path: "/api/admin/monitoring/test-alert",
    access: admins,
    summary: "Sends a test mail to the operator, and returns the mail server's reply, or why there is none.",
    responses: { 200: { description: "The mail server accepted the mail.", schema: testAlertResult } },
    handle: async ({ now }) => ({ status: "ok" as const, response: await sendTestAlert(now, send) }),
  });

const testErrorResult = z
  .object({ status: z.literal("ok"), eventId: z.string().meta({ description: "The id of the event in the tracker." }) })
  .meta({ id: "TestErrorResult", description: "The id of the event at the error tracker." });

const sendErrorTest = operation({
  id: "sendTestError",
  method: "POST",
  path: "/api/admin/monitoring/test-error",
  access: admins,
  summary: "Sends a test error to the error tracker, and returns its id, or why the tracker did not accept it.",
  responses: { 200: { description: "The tracker accepted the error.", schema: testErrorResult } },
  handle: async ({ request }) => {
    const path = new URL(request.url).pathname;
    return { status: "ok" as const, eventId: await reportTestError({ path, ...currentIds() }) };
  },
});

export const operations = (supervised: Supervised, observers: readonly RunObserver[]) => [
  cleanUpJobs(supervised, observers),
  sendAlertTest(supervised.sendAlert),
  sendErrorTest,
];
