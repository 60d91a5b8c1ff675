import manifest from "../../package.json" with { type: "json" };
import { JOBS } from "../app/registry.ts";
import { CliCommand, type Describe, PROGRAM } from "./command.ts";
import type { LocalRun } from "./local-run.ts";

interface CommandEntry {
  name: string;
  group: string;
  summary: () => string | Promise<string>;
  load: () => Promise<Describe>;
}

const job = (name: string, load?: CommandEntry["load"]): CommandEntry => ({
  name,
  group: "Jobs:",
  summary: async () => (await JOBS[name]?.load())?.summary ?? "",
  load: load ?? (async () => (await import("./commands/run-job.ts")).describeJob(name)),
});

const command = (name: string, summary: string, load: CommandEntry["load"]): CommandEntry => ({
  name,
  group: "Commands:",
  summary: () => summary,
  load,
});

/** Jobs that have subcommands; all others come from the registry. */
const JOB_COMMANDS: Readonly<Record<string, CommandEntry["load"]>> = {
  tracking: async () => (await import("./commands/tracking.ts")).describeTracking(),
  site: async () => (await import("./commands/site.ts")).describeSite(),
};

/** All commands in the order of the help. Only the command in use is loaded. */
const COMMANDS: readonly CommandEntry[] = [
  ...Object.keys(JOBS).map((name) => job(name, JOB_COMMANDS[name])),
  command("list", "List all jobs with their schedules, last and next runs.", async () => {
    return (await import("./commands/list.ts")).describeList;
  }),
  command("doctor", "Check what this deployment lacks, with a remedy for each finding.", async () => {
    return (await import("./commands/doctor.ts")).describeDoctor;
  }),
  command("smoke", "Try every path that users take on a running deployment.", async () => {
    return (await import("./commands/smoke.ts")).describeSmoke;
  }),
  command("migrate", "Bring the database up to date.", async () => {
    return (await import("./commands/migrate.ts")).describeMigrate;
  }),
  command("crontab", "Print a crontab that fires the jobs as the platform would.", async () => {
    return (await import("./commands/crontab.ts")).describeCrontab;
  }),
  command("privacy", "Export or erase everything stored about a person.", async () => {
    return (await import("./commands/privacy.ts")).describePrivacy;
  }),
];

/** The whole command line. The command that `args` names has its options; all others have only a name and, for the help, a summary. */
export async function buildProgram(args: readonly string[], local: LocalRun | undefined): Promise<CliCommand> {
  const [first, second] = args.filter((argument) => !argument.startsWith("-"));
  const chosen = first === "help" ? second : first;
  const isVersion = chosen === undefined && args.some((argument) => /^(-V|--version)$/.test(argument));
  // The summary of a job is in its code, so that showing all of them loads all jobs.
  const showsAll = !isVersion && COMMANDS.every(({ name }) => name !== chosen);
  const program = new CliCommand()
    .name(PROGRAM)
    .description("Runs jobs of Taktwerk and looks after a deployment.")
    .version(manifest.version, "-V, --version", "Show the version.")
    .helpCommand("help [command]", "Show the help of a command.")
    .examples("list", "weekly --dry-run", "tracking --start 2026-10-01 --end 2026-10-31", "help privacy erase");
  program.usage("<command> [options]");
  program.addHelpText(
    "after",
    "\nExit codes: 0 done, 1 failed, 2 wrong use or wrong settings, 130 stopped with Ctrl-C.",
  );
  for (const entry of COMMANDS) {
    const added = program.command(entry.name).helpGroup(entry.group) as CliCommand;
    if (showsAll) added.summary(await entry.summary());
    if (entry.name === chosen) (await entry.load())(added, local);
  }
  return program;
}
