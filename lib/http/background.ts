import { waitUntil } from "@vercel/functions";
import { describeError } from "../errors.ts";
import { log } from "../log.ts";
import { reportError } from "../telemetry/report-error.ts";

/** Work that continues after the response, within the function's time limit. */
const going = new Set<Promise<void>>();

/** Continues work after the response; the platform keeps the instance alive for it. Its errors are logged. */
export function inBackground(work: Promise<unknown>): void {
  const done: Promise<void> = work
    .then(
      () => {},
      (error: unknown) => {
        log("error", "background_failed", { error: describeError(error) });
        return reportError(error, {});
      },
    )
    .finally(() => going.delete(done));
  going.add(done);
  waitUntil(done);
}

/** Waits until all background work has ended, before a process closes its database. */
export async function backgroundWork(): Promise<void> {
  while (going.size > 0) await Promise.all(going);
}
