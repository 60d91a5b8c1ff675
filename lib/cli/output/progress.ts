import type { Progress } from "../../jobs/job.ts";

const BAR_WIDTH = 32;

/** Shows progress on standard error: a bar in a terminal, elsewhere a plain line for each tenth. */
export function progressBar(title: string): { show: (progress: Progress) => void; end: () => void } {
  const isTerminal = process.stderr.isTTY;
  let lastTenth = -1;
  const show = ({ done, total }: Progress) => {
    const percent = percentOf(done, total);
    if (isTerminal) {
      process.stderr.write(`\r${title} ${barOf(done, total)} ${`${percent} %`.padStart(5)}`);
      return;
    }
    const tenth = Math.floor(percent / 10);
    if (tenth > lastTenth) process.stderr.write(`${title}: ${percent} % (${done} of ${total})\n`);
    lastTenth = Math.max(lastTenth, tenth);
  };
  const end = () => {
    if (isTerminal) process.stderr.write("\n");
  };
  return { show, end };
}

/** Progress in percent, rounded down; of nothing to do, everything is done. */
export const percentOf = (done: number, total: number): number =>
  Math.floor((total === 0 ? 1 : Math.min(1, done / total)) * 100);

/** A bar of blocks, as long for every progress. */
export function barOf(done: number, total: number): string {
  const filled = Math.round((percentOf(done, total) / 100) * BAR_WIDTH);
  return "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
}
