import { execFile } from "node:child_process";
import { join } from "node:path";
import { bundled } from "./bundled.ts";

export interface CliResult {
  code: number;
  out: string;
  err: string;
}

interface RunOptions {
  env?: Record<string, string>;
  cwd?: string;
  /** Runs the sources, as `npm run cli` does, instead of the bundle, which starts faster. */
  fromSource?: boolean;
  /** Lets the process believe that its output goes to a terminal of this width. */
  terminalWidth?: number;
}

/** The command line of node for a command of Taktwerk. */
export function cliCommand(args: readonly string[], { fromSource, terminalWidth }: RunOptions = {}): string[] {
  const pretend = `for (const to of [process.stdout, process.stderr]) { to.isTTY = true; to.columns = ${terminalWidth}; }`;
  const terminal =
    terminalWidth === undefined ? [] : ["--import", `data:text/javascript,${encodeURIComponent(pretend)}`];
  const entry = fromSource ? ["-C", "source", join(process.cwd(), "dev/cli.ts")] : [bundled("dev/cli.ts")];
  return [...terminal, ...entry, ...args];
}

/** Runs a command of Taktwerk in a process of its own, whose standard input is empty, until it ends. */
export function runCli(args: readonly string[], options: RunOptions = {}): Promise<CliResult> {
  const { env = {}, cwd } = options;
  return new Promise((resolve) => {
    execFile(process.execPath, cliCommand(args, options), { env, cwd }, (error, out, err) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
    ).stdin?.end();
  });
}
