import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Handler } from "../../lib/http/handler.ts";

/**
 * A failure of one request: another response, a connection cut before or in the middle of the response, no response at all, or
 * the usual response late. Undefined is the usual response.
 */
export type Fault = Response | "cut" | "cut-body" | "hang" | { delayMs: number } | undefined;

/** The faults of the first requests in order, or a function of the request and its number (from 1). */
export type FaultScript<Received> = readonly Fault[] | ((request: Received, nth: number) => Fault | Promise<Fault>);

export function nextFault<Received>(
  script: FaultScript<Received>,
  request: Received,
  nth: number,
): Fault | Promise<Fault> {
  return typeof script === "function" ? script(request, nth) : script[nth - 1];
}

/** Answers a request as the fault says. */
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
