import { spawn } from "node:child_process";
import { once } from "node:events";
import type { RunOutcome } from "../../../lib/jobs/execute.ts";
import { bundled } from "./bundled.ts";

/** How and when an evaluation in a process of its own interrupts itself. */
export interface Interruption {
  signal: "SIGKILL" | "SIGSTOP";
  /** Number of the transaction (before its commit) or of the step (after it), from 1. */
  step: number;
  moment: "before-commit" | "after-commit";
}

/** Starts the weekly or the monthly job for a period in a process of its own, on its own connection. */
export function startEvaluation(
  kind: "week" | "month",
  date: string,
  url: string,
  now: string,
  interruption?: Interruption,
) {
  const script = bundled("test/support/children/evaluation-child.ts");
  const child = spawn(process.execPath, [script, kind, date, url, now, JSON.stringify(interruption ?? null)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const ended = once(child, "close").then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
    outcome: /^OUTCOME (.*)$/m.exec(output)?.[1] as RunOutcome["status"] | "skipped" | undefined,
  }));
  const printed = async (text: string) => {
    while (!output.includes(text)) await once(child.stdout, "data");
  };
  return { child, ended, printed };
}
