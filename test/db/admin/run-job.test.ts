import { expect, onTestFinished } from "vitest";
import { JOBS } from "../../../lib/app/registry.ts";
import { configure } from "../../../lib/config/config.ts";
import { smtpSink } from "../../fakes/smtp-sink.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { POST } from "../../support/http/api.ts";
import { SETTINGS } from "../../support/http/requests.ts";
import { alertSettings } from "../../support/jobs/supervise-operator.ts";
import { callJob } from "../../support/jobs/supervise-requests.ts";

const it = databaseTest(SETTINGS);

it.for(Object.keys(JOBS))("the operator runs %s without the secret of the crons", async (job, { db: _ }) => {
  const sink = await smtpSink();
  onTestFinished(() => sink.close());
  configure({ ...SETTINGS, ...alertSettings(sink.port) });
  expect(await callJob(POST, "/api/admin/jobs/run", { json: { job } })).toMatchObject({
    status: 200,
    body: { status: "ok" },
  });
});
