import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect } from "vitest";
import type { Given } from "../../../lib/jobs/job.ts";
import type { Death } from "./dying.ts";

/** What a process of its own is told. */
export interface SiteOrder {
  url: string;
  /** What it sends, and takes through in the same call. */
  events: Record<string, unknown>[];
  /** Instead: the parameters of the sweeper's run. */
  given?: Given;
  /** When it kills itself: at the n-th of its commits (0: when its events are accepted), or when it has just sent them. */
  death: Death | { moment: "sent"; nth: 0 };
}

/** Has a process do what it is told, and waits for its death. */
export async function killed(order: SiteOrder): Promise<void> {
  const args = ["-C", "source", join(import.meta.dirname, "site-child.ts"), JSON.stringify(order)];
  const [, signal] = await once(spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] }), "close");
  expect(signal).toBe("SIGKILL");
}
