import { styleText } from "node:util";
import { Command, Option } from "commander";
import { AppError } from "../errors.ts";
import type { LocalRun } from "./local-run.ts";

/** How people start the command line. */
export const PROGRAM = "npm run cli --";

/** Adds the description, the options and the action of a command. */
export type Describe = (command: CliCommand, local: LocalRun | undefined) => void;

/** A command whose usage errors are `AppError`s that name the argument, what was expected and what was found. */
export class CliCommand extends Command {
  constructor(name?: string) {
    super(name);
    // Without this, a command with subcommands would also take its own options after the subcommand's name.
    this.enablePositionalOptions();
    this.exitOverride();
    this.helpOption("-h, --help", "Show this help.");
    this.configureOutput({ writeErr: (text) => process.stderr.write(text) });
    this.configureHelp({ styleTitle: (title) => styleText("bold", title), showGlobalOptions: false });
  }

  override createCommand(name?: string): CliCommand {
    return new CliCommand(name);
  }

  /** Adds examples, each a command line without the program, to the help. */
  examples(...lines: string[]): this {
    const shown = lines.map((line) => `  ${PROGRAM} ${line}`).join("\n");
    return this.addHelpText("after", ({ command }) => {
      const title = command.createHelp().styleTitle("Examples:");
      return `\n${title}\n${shown}`;
    });
  }

  /** Adds `--json`, for commands that print a table. */
  withJson(): this {
    return this.addOption(new Option("--json", "Print JSON instead of a table."));
  }

  /** Sets what the command does. The number that `work` returns becomes the exit code of the process. */
  runs(work: (options: Record<string, unknown>, positionals: string[]) => number | Promise<number>): this {
    return this.action(async () => {
      try {
        process.exitCode = await work(this.opts(), this.args);
      } finally {
        const { closeDatabase } = await import("../db/client.ts");
        await closeDatabase().catch(() => {}); // a database that could not be opened has been reported
      }
    });
  }

  /** Commander reports every wrong use here. @throws AppError `invalid-parameter`. */
  override error(message: string, options?: { code?: string }): never {
    throw new AppError("invalid-parameter", usageError(this, options?.code ?? "", message));
  }

  /** Shows the help. For a command that needs a subcommand and got none, throws the usage error after it. */
  override help(context?: unknown): never {
    if (!isErrorHelp(context)) return super.help();
    this.outputHelp({ error: true });
    process.stderr.write("\n");
    throw new AppError("invalid-parameter", `${titleOf(this)}: expected ${oneOf(subcommands(this))}, got none`);
  }
}

const isErrorHelp = (context: unknown): boolean =>
  typeof context === "object" && context !== null && "error" in context && context.error === true;

const titleOf = (command: Command): string => (command.parent === null ? "command" : command.name());

const subcommands = (command: Command): string[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .map((sub) => sub.name())
    .filter((name) => name !== "help");

const oneOf = (names: string[]): string => (names.length === 1 ? `${names[0]}` : `one of ${names.join(", ")}`);

/** Turns an error of commander into one sentence in the form "argument: expected …, got …". */
function usageError(command: Command, code: string, message: string): string {
  const [first = "", suggestion] = message.replace(/^error: /, "").split(/\n\(Did you mean (?=.*\?\)$)/s);
  const didYouMean = suggestion === undefined ? "" : ` Did you mean ${suggestion.replace(/\)$/, "")}`;
  const quoted = /'([^']*)'/.exec(first)?.[1] ?? "";
  const got = command.args.map((argument) => JSON.stringify(argument)).join(", ");
  switch (code) {
    case "commander.unknownCommand":
      return `${titleOf(command)}: expected ${oneOf(subcommands(command))}, got ${got}.${didYouMean}`;
    case "commander.unknownOption":
      return `Unknown option '${quoted}': expected ${oneOf(optionsOf(command))}.${didYouMean}`;
    case "commander.excessArguments":
      return `${titleOf(command)}: expected ${argumentsOf(command)}, got ${got}`;
    case "commander.missingArgument": {
      const argument = command.registeredArguments.find((known) => known.name() === quoted);
      return `${quoted}: expected ${argument?.description}, got none`;
    }
    case "commander.optionMissingArgument":
      return `Option '${quoted}': expected a value, got none`;
    default:
      return `${first.charAt(0).toUpperCase()}${first.slice(1)}${didYouMean}`;
  }
}

const optionsOf = (command: Command): string[] =>
  command
    .createHelp()
    .visibleOptions(command)
    .map((option) => option.long ?? option.flags);

function argumentsOf(command: Command): string {
  const known = command.registeredArguments.map((argument) => argument.description);
  const options = known.length === 0 ? "no argument" : known.join(" and ");
  const names = subcommands(command);
  return names.length === 0 ? options : `${names.join(", ")} or ${options}`;
}
