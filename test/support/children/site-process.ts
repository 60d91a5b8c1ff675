import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect } from "vitest";
import type { RawParameters } from "../../../lib/jobs/job.ts";
import type { Death } from "./dying.ts";

/** What a child process does, and when it kills itself. */
export interface SiteOrder {
  url: string;
  /** The events that it collects and processes. */
  events: Record<string, unknown>[];
  /** Instead: the parameters of a run of the sweep job. */
  params?: RawParameters;
  /** At its n-th commit (0: after its events are collected), or right after it has sent them. */
  death: Death | { moment: "sent"; nth: 0 };
}

/** Runs a child process until it has killed itself. */
export async function runUntilKilled(order: SiteOrder): Promise<void> {
  const args = ["-C", "source", join(import.meta.dirname, "site-child.ts"), JSON.stringify(order)];
  const [, signal] = await once(spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] }), "close");
  expect(signal).toBe("SIGKILL");
}
