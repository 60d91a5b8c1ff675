import type { Progress } from "../../jobs/job.ts";

const WIDTH = 32;

/** A bar on standard error where a person looks on; a plain line for each tenth elsewhere. */
export function progressBar(title: string): { show: (progress: Progress) => void; end: () => void } {
  const terminal = process.stderr.isTTY;
  let lastTenth = -1;
  const show = ({ done, total }: Progress) => {
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const percent = `${Math.floor(share * 100)} %`;
    if (terminal) {
      const filled = Math.round(share * WIDTH);
      process.stderr.write(`\r${title} ${"█".repeat(filled)}${"░".repeat(WIDTH - filled)} ${percent.padStart(5)}`);
      return;
    }
    const tenth = Math.floor(share * 10);
    if (tenth > lastTenth) process.stderr.write(`${title}: ${percent} (${done} of ${total})\n`);
    lastTenth = Math.max(lastTenth, tenth);
  };
  const end = () => {
    if (terminal) process.stderr.write("\n");
  };
  return { show, end };
}
