import type { Action } from "../ui/action.ts";
import type { Words } from "../words/en.ts";

/** The operator's actions on jobs. Each is confirmed first (ui/dialog.tsx). */

const RUN = "/api/admin/jobs/run";

export function runs({ jobs }: Words, job: string): Action {
  const name = jobs.names[job] ?? job;
  return {
    title: jobs.runTitle(name),
    text: [jobs.descriptions[job] ?? "", jobs.runText].filter(Boolean),
    confirm: jobs.runConfirm,
    path: RUN,
    body: { job },
  };
}

export function forced({ jobs }: Words, job: string): Action {
  const name = jobs.names[job] ?? job;
  return {
    title: jobs.forceTitle(name),
    text: [jobs.descriptions[job] ?? "", jobs.forceText].filter(Boolean),
    confirm: jobs.forceConfirm,
    path: RUN,
    body: { job, parameters: { force: true } },
  };
}

/** A dry run. */
export function tried({ jobs }: Words, job: string): Action {
  const name = jobs.names[job] ?? job;
  return {
    title: jobs.tryTitle(name),
    text: [jobs.tryText],
    confirm: jobs.tryConfirm,
    path: RUN,
    body: { job, parameters: { dryRun: true } },
  };
}

export function cleanUp({ jobs }: Words): Action {
  return {
    title: jobs.cleanUpTitle,
    text: [jobs.cleanUpText],
    confirm: jobs.cleanUp,
    path: "/api/admin/monitoring/cleanup-jobs",
    body: {},
  };
}

export function testAlert({ jobs }: Words): Action {
  return {
    title: jobs.testAlertTitle,
    text: [jobs.testAlertText],
    confirm: jobs.testAlert,
    path: "/api/admin/monitoring/test-alert",
    body: {},
  };
}
