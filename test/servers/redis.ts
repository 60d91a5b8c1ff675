import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { untilListening } from "../support/http/listening.ts";
import { freePort } from "./postgres.ts";

/** A real Redis server (Debian's `redis-server`) on loopback that keeps nothing on disk. */
export async function startRedis(port?: number): Promise<{ url: string; port: number; stop: () => Promise<void> }> {
  const chosen = port ?? (await freePort());
  const args = ["--port", String(chosen), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const server = spawn("redis-server", args, { stdio: "ignore" });
  const failed = once(server, "error").then(([error]) => Promise.reject(error));
  await Promise.race([failed, untilListening(chosen)]);
  return { url: `redis://127.0.0.1:${chosen}`, port: chosen, stop: () => stop(server) };
}

async function stop(server: ChildProcess): Promise<void> {
  const gone = once(server, "exit");
  server.kill("SIGTERM");
  await gone;
}
