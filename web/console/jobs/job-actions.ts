import type { JobCommand } from "../../client/generated/types.ts";
import type { Action } from "../ui/action.ts";
import type { Words } from "../words/en.ts";

/** The operator's actions on jobs. Each is confirmed first (ui/dialog.tsx). */

export function runs({ jobs }: Words, job: JobCommand): Action {
  const name = jobs.names[job] ?? job;
  return {
    title: jobs.runTitle(name),
    text: [jobs.descriptions[job] ?? "", jobs.runText].filter(Boolean),
    confirm: jobs.runConfirm,
    send: (client) => client.runJob({ body: { job } }),
  };
}

export function forced({ jobs }: Words, job: JobCommand): Action {
  const name = jobs.names[job] ?? job;
  return {
    title: jobs.forceTitle(name),
    text: [jobs.descriptions[job] ?? "", jobs.forceText].filter(Boolean),
    confirm: jobs.forceConfirm,
    send: (client) => client.runJob({ body: { job, parameters: { force: true } } }),
  };
}

/** A dry run. */
export function tried({ jobs }: Words, job: JobCommand): Action {
  const name = jobs.names[job] ?? job;
  return {
    title: jobs.tryTitle(name),
    text: [jobs.tryText],
    confirm: jobs.tryConfirm,
    send: (client) => client.runJob({ body: { job, parameters: { dryRun: true } } }),
  };
}

export function cleanUp({ jobs }: Words): Action {
  return {
    title: jobs.cleanUpTitle,
    text: [jobs.cleanUpText],
    confirm: jobs.cleanUp,
    send: (client) => client.cleanUpJobs(),
  };
}

export function testAlert({ jobs }: Words): Action {
  return {
    title: jobs.testAlertTitle,
    text: [jobs.testAlertText],
    confirm: jobs.testAlert,
    send: (client) => client.sendTestAlert(),
  };
}
