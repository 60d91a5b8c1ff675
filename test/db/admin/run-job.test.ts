import { expect, onTestFinished } from "vitest";
import { JOBS } from "../../../lib/app/registry.ts";
import { configure } from "../../../lib/config/config.ts";
import { smtpSink } from "../../fakes/smtp-sink.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { GET, POST } from "../../support/http/api.ts";
import { call, SETTINGS } from "../../support/http/requests.ts";
import { alertSettings } from "../../support/jobs/supervise-operator.ts";
import { callJob } from "../../support/jobs/supervise-requests.ts";

const it = databaseTest(SETTINGS);

/** The steps of a run with nothing to do. The console translates them (web/console/pages/runs/sentences/steps.ts). */
const STEPS: Readonly<Record<string, string>> = {
  weekly: "count-members evaluate-weeks rank-friends queue-mails store-totals",
  monthly: "count-members evaluate-months compare-members rank-members queue-mails store-totals",
  dispatch: "recover-mails send-mails count-waiting",
  cleanup:
    "expire-runs forget-mails delete-runs delete-executions release-holds cancel-bookings forget-customers forget-appointments forget-events forget-sessions forget-changes forget-rates",
  slots: "plan-slots",
  tracking: "",
  site: "prepare-partitions replay-dead-letters count-pending",
};

it.for(Object.keys(JOBS))("the operator runs %s without the secret of the crons", async (job, { db: _ }) => {
  const sink = await smtpSink();
  onTestFinished(() => sink.close());
  configure({ ...SETTINGS, ...alertSettings(sink.port) });
  const { status, body } = await callJob<{ status: string; executionId: string }>(POST, "/api/admin/jobs/run", {
    json: { job },
  });
  expect({ status, body }).toMatchObject({ status: 200, body: { status: "ok" } });
  const execution = await call<{ steps: { name: string; outcome: string }[] }>(
    GET,
    `/api/admin/executions/${body.executionId}`,
  );
  expect(execution.body).toMatchObject({ outcome: "completed", actor: { kind: "admin-token" } });
  expect(execution.body.steps.map(({ name }) => name).join(" ")).toBe(STEPS[job]);
});
