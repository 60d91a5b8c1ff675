import { styleText } from "node:util";
import { barOf, percentOf } from "../lib/cli/output/progress.ts";

/** Shows how far a step is. */
export type ShowProgress = (done: number, total: number) => void;

const TITLE_WIDTH = 14;
const CLEAR_LINE = "\r\u001b[2K";

/**
 * Runs one step of the start and shows it: in a terminal as a bar that becomes a line, elsewhere as a line at its start and
 * one at its end. @param work Returns its result and one sentence about it.
 */
export async function runStep<T>(
  title: string,
  work: (show: ShowProgress) => Promise<readonly [result: T, sentence: string]>,
): Promise<T> {
  const isTerminal = process.stdout.isTTY;
  const label = title.padEnd(TITLE_WIDTH);
  const from = performance.now();
  const show: ShowProgress = (done, total) => {
    if (!isTerminal) return;
    process.stdout.write(`${CLEAR_LINE}  ${label} ${barOf(done, total)} ${`${percentOf(done, total)} %`.padStart(5)}`);
  };
  if (isTerminal) show(0, 1);
  else console.log(`${title} …`);
  try {
    const [result, sentence] = await work(show);
    const seconds = `(${((performance.now() - from) / 1000).toFixed(1)} s)`;
    if (isTerminal) {
      const tick = styleText("green", "✔");
      process.stdout.write(`${CLEAR_LINE}${tick} ${label} ${sentence} ${styleText("dim", seconds)}\n`);
    } else console.log(`${title}: ${sentence} ${seconds}`);
    return result;
  } catch (error) {
    if (isTerminal) process.stdout.write(`${CLEAR_LINE}${styleText("red", "✘")} ${label}\n`);
    throw error;
  }
}

/** Writes a log line without tearing the bar of the current step. */
export function writeLogLine(line: string): void {
  if (process.stdout.isTTY && process.stderr.isTTY) process.stderr.write(CLEAR_LINE);
  process.stderr.write(`${line}\n`);
}
