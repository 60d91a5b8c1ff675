import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { SERVER_BUNDLE } from "../../scripts/server-bundle.ts";

/** What `npm run build` has made, serving on loopback in a process of its own. */
export interface BuiltServer {
  url: string;
  /** Bytes that it holds, after the garbage is gone. */
  heap(): Promise<number>;
  /** Processor time that it has used so far, in ms. */
  cpu(): Promise<number>;
  /** Lines of its log that say of a fault. */
  faults: readonly string[];
  stop(): Promise<void>;
}

/** @throws Error where there is no build. */
export async function startBuiltServer(settings: Record<string, string>): Promise<BuiltServer> {
  if (!existsSync(SERVER_BUNDLE)) throw new Error(`expected ${SERVER_BUNDLE}: npm run build`);
  const child = fork(SERVER_BUNDLE, {
    env: { PATH: process.env.PATH, PORT: "0", ...settings } as NodeJS.ProcessEnv,
    execArgv: ["--expose-gc", "--import", "./bench/platform/heap-probe.mjs"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const faults: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", () => reject(new Error(`${SERVER_BUNDLE} ended: ${faults.join("\n")}`)));
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface(stream).on("line", (line) => {
        if (/^\{"level":"info","event":"serving"/.test(line)) resolve((JSON.parse(line) as { url: string }).url);
        if (!/^\{"level":"(info|warn)"/.test(line)) faults.push(line);
      });
    }
  });
  return {
    url,
    faults,
    async heap() {
      child.send("heap");
      const [{ heapUsed }] = (await once(child, "message")) as [{ heapUsed: number }];
      return heapUsed;
    },
    async cpu() {
      child.send("cpu");
      const [{ cpuMs }] = (await once(child, "message")) as [{ cpuMs: number }];
      return cpuMs;
    },
    async stop() {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}
