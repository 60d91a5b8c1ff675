import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Environment } from "../../../lib/config/config.ts";
import { occurrenceAt } from "../mail/dispatch-run.ts";
import { bundled } from "./bundled.ts";

/** The statement at which a dispatcher kills itself (a part of its text), before it is sent or after its result. */
export interface KillAtStatement {
  statement: string;
  moment: "before" | "after";
}

/** Parts of the dispatcher's three statements. */
export const CLAIM = "for update skip locked";
export const HAND_OVER = "set handed_over_at =";
export const SETTLE = "jsonb_to_recordset";

export interface DispatchOrder {
  url: string;
  port: number;
  at: Date;
  limit?: number;
  settings?: Environment;
  killAt?: KillAtStatement | undefined;
}

/** Starts a dispatcher in a process of its own, on connections of its own. */
export function startDispatch(order: DispatchOrder, environment: Environment = {}) {
  const argument = JSON.stringify({ ...order, scheduledFor: occurrenceAt(order.at) });
  const child = spawn(process.execPath, [bundled("test/support/children/dispatch-child.ts"), argument], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...environment },
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const ended = once(child, "close").then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
    counts: JSON.parse(/^COUNTS (.*)$/m.exec(output)?.[1] ?? "null") as Record<string, unknown> | null,
  }));
  return { child, ended };
}
