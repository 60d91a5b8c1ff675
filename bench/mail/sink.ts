import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** Starts an SMTP server in a process of its own, which takes every mail and keeps none. */
export async function startSink(): Promise<{ port: number; process: ChildProcess }> {
  const child = spawn(process.execPath, ["-C", "source", join(import.meta.dirname, "smtp-sink.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  return { port: Number(port), process: child };
}
