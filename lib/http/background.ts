import { waitUntil } from "@vercel/functions";
import { describeError } from "../errors.ts";
import { log } from "../log.ts";
import { reportError } from "../telemetry/report-error.ts";

/** Work that goes on after the answer, within the function's time limit. */
const going = new Set<Promise<void>>();

/** Lets work go on after the answer; the platform keeps the instance for it. What it throws is logged. */
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

/** Waits until nothing goes on in the background: before a process lets go of its database. */
export async function backgroundWork(): Promise<void> {
  while (going.size > 0) await Promise.all(going);
}
