import { database } from "../../db/client.ts";
import { currentTime } from "../../time/clock.ts";
import type { CliCommand, Describe } from "../command.ts";
import { jobOptions, parametersIn } from "../job-options.ts";
import { applySettings } from "../local-run.ts";
import { printRows } from "../output/print-rows.ts";
import { loadJob, runJobHere } from "./run-job.ts";

/** `site status` shows the pipeline of site events; `process` and `replay` run its job. */
export async function describeSite(): Promise<Describe> {
  const job = await loadJob("site");
  return (command, local) => {
    command.description("Shows and processes events of sites.");
    const status = command.command("status") as CliCommand;
    status
      .summary("Show what is waiting and what failed, for each site.")
      .description("Shows how many events wait, since when, and how many could not be processed, for each site.")
      .option("--customer-id <id>", "Only this site.")
      .examples("site status", "site status --customer-id shop --json");
    status.withJson().runs(async ({ customerId, json }) => {
      const { loadSiteStatus, STATUS_COLUMNS } = await import("../site-status.ts");
      applySettings(local);
      const sites = await loadSiteStatus(await database(), customerId as string | undefined, currentTime());
      const nothing = "There are no sites yet: POST /api/admin/sites creates one.";
      printRows(STATUS_COLUMNS, sites, json === true, nothing);
      return 0;
    });
    const process = command.command("process") as CliCommand;
    process
      .summary("Process all events that wait.")
      .description("Processes all events that wait, as the job does every minute.")
      .examples("site process", "site process --customer-id shop");
    for (const option of jobOptions(job)) process.addOption(option);
    process.runs((options) => runJobHere(job, parametersIn(job, options), true, local, ["site", "process"]));
    const replay = command.command("replay") as CliCommand;
    replay
      .summary("Process events again that failed before.")
      .description("Processes dead letters again, then all events that wait.")
      .examples("site replay", "site replay --customer-id shop --reason processing-error");
    for (const option of jobOptions(job)) replay.addOption(option.hideHelp(option.long === "--replay"));
    replay.runs((options) => {
      return runJobHere(job, { ...parametersIn(job, options), replay: true }, true, local, ["site", "replay"]);
    });
  };
}
