import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Handler } from "../../lib/http/handler.ts";

/**
 * What happens to a request instead of the usual: another answer, the connection cut before the answer or in the middle of
 * it, no answer ever, or the usual one late. Undefined is the usual.
 */
export type Fault = Response | "cut" | "cut-body" | "hang" | { delayMs: number } | undefined;

/** Faults of the first requests in turn, or by request; `nth` counts from 1, from when the server began. */
export type FaultScript<Asked> = readonly Fault[] | ((asked: Asked, nth: number) => Fault | Promise<Fault>);

export function nextFault<Asked>(script: FaultScript<Asked>, asked: Asked, nth: number): Fault | Promise<Fault> {
  return typeof script === "function" ? script(asked, nth) : script[nth - 1];
}

/** Answers a request, or does to it what the fault says. */
export async function respondWithFault(
  fault: Fault,
  request: Request,
  usual: Handler,
  response: ServerResponse,
): Promise<void> {
  if (fault === "hang") return;
  if (fault === "cut") return void response.socket?.resetAndDestroy();
  if (typeof fault === "object" && "delayMs" in fault) await wait(fault.delayMs, undefined, { ref: false });
  const answer = fault instanceof Response ? fault.clone() : await usual(request);
  const body = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, { ...Object.fromEntries(answer.headers), "content-length": body.length });
  if (fault !== "cut-body") return void response.end(body);
  response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.socket?.resetAndDestroy());
}
