import type { CliCommand, Describe } from "../command.ts";
import { describeJob } from "./run-job.ts";

/** `tracking` runs the job; `tracking import` takes over files of the older system. */
export async function describeTracking(): Promise<Describe> {
  const describe = await describeJob("tracking");
  return (command, local) => {
    describe(command, local);
    const added = command.command("import") as CliCommand;
    added
      .summary("Import daily_metrics.json and daily_outcomes.json of the older system.")
      .description("Imports files of the older system. Exit code 1: some days could not be read.")
      .argument("<files...>", "daily_metrics.json or daily_outcomes.json")
      .examples("tracking import daily_metrics.json daily_outcomes.json");
    added.withJson().runs(async ({ json }, files) => {
      const { importAttendance } = await import("./tracking-import.ts");
      return importAttendance(files, json === true, local);
    });
  };
}
