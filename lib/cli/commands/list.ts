import { JOBS } from "../../app/registry.ts";
import { database } from "../../db/client.ts";
import { currentTime } from "../../time/clock.ts";
import type { Describe } from "../command.ts";
import { JOB_COLUMNS, loadJobList } from "../job-list.ts";
import { applySettings } from "../local-run.ts";
import { printRows } from "../output/print-rows.ts";

/** `list`: all jobs with their schedules, last and next runs. */
export const describeList: Describe = (command, local) => {
  command
    .description("Lists all jobs with their schedules, last and next runs. All times are UTC.")
    .examples("list", "list --json")
    .withJson()
    .runs(async ({ json }) => {
      applySettings(local);
      printRows(
        JOB_COLUMNS,
        await loadJobList(await database(), JOBS, currentTime()),
        json === true,
        "There are no jobs.",
      );
      return 0;
    });
};
