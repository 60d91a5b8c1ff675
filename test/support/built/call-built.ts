import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Received } from "../../../lib/cli/smoke/answer-check.ts";

const run = promisify(execFile);
const SCRIPT = join(import.meta.dirname, "call-built.mjs");

export interface BuiltRequest {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: string | undefined;
  /** Whether to wait for the work behind the answer. */
  background?: boolean;
}

/**
 * Sends one request to a built function in a process of its own, which starts cold.
 * @param handler The file that the platform loads.
 */
export async function callBuilt(handler: string, request: BuiltRequest, env: NodeJS.ProcessEnv): Promise<Received> {
  const { stdout } = await run(process.execPath, [SCRIPT, JSON.stringify({ handler, ...request })], {
    env: { ...env, VERCEL: "1" },
  });
  const answer = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as {
    status: number;
    headers: [string, string][];
    body: string;
  };
  return { status: answer.status, headers: new Headers(answer.headers), text: answer.body };
}
