import { stopRuns, stopSignal } from "../jobs/stopping.ts";

/** The exit code of a command that was stopped by a signal (128 + SIGINT, as shells count). */
export const STOPPED = 130;

/**
 * In a terminal, Ctrl-C sends SIGINT to this process, and npm passes its own on: one key press arrives twice. A signal
 * this soon after the first is the same key press.
 */
const SAME_PRESS_MS = 500;

/** Calls `stop` on the first SIGINT or SIGTERM of this process. The second signal ends the process at once. */
export function onStopSignal(stop: () => void): void {
  let firstAt: number | undefined;
  const onSignal = () => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      stop();
    } else if (performance.now() - firstAt > SAME_PRESS_MS) {
      process.exit(STOPPED);
    }
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
}

/**
 * On the first signal, stops the run of this process at its next step, so that it stays resumable. On the second, the
 * run's lease runs out, and a later tick takes the run over.
 */
export function stopRunsOnSignal(): void {
  onStopSignal(() => {
    process.stderr.write("\nStopping after the current step. Press Ctrl-C again to end at once.\n");
    stopRuns();
  });
}

/** Whether a signal has told this process to stop. */
export const isStopping = (): boolean => stopSignal.aborted;
