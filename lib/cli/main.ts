import { CommanderError } from "commander";
import { AppError } from "../errors.ts";
import { redirectLog } from "../log.ts";
import type { LocalRun } from "./local-run.ts";
import { buildProgram } from "./program.ts";

/** Errors of the person at the keyboard: wrong arguments, wrong settings, a database that another process has open. */
const WRONG_USE: ReadonlySet<string> = new Set(["invalid-parameter", "misconfigured", "conflict"]);

/**
 * Runs the command line and sets the exit code of the process: 0 done, 1 failed, 2 wrong use, 130 stopped by a signal.
 * @param local What `npm start` shares with commands on the embedded database.
 */
export async function runCommandLine(args: readonly string[], local?: LocalRun): Promise<void> {
  // Standard output is for the result of a command.
  redirectLog((_level, line) => process.stderr.write(`${line}\n`));
  try {
    const program = await buildProgram(args, local);
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    process.exitCode = await exitCodeOf(error);
  }
}

async function exitCodeOf(error: unknown): Promise<number> {
  // Commander ends --help and --version this way.
  if (error instanceof CommanderError) return error.exitCode;
  const { code, message } = isExplained(error) ? error : await explain(error);
  console.error(message);
  return WRONG_USE.has(code) ? 2 : 1;
}

/** Whether an error already says what to do. */
const isExplained = (error: unknown): error is AppError => error instanceof AppError && error.code !== "unavailable";

/** Loaded only here: recognising errors of databases takes longer to load than all the rest of the command line. */
async function explain(error: unknown): Promise<{ code: string; message: string }> {
  return (await import("../db/failures/unavailable.ts")).explainError(error);
}
