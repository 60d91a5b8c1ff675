import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

type Line = Record<string, unknown>;

/** A server in a process of its own, and what it logs. */
export class ServeProcess {
  readonly lines: Line[] = [];
  readonly errors: string[] = [];
  readonly ended: Promise<number | null>;
  readonly #process: ChildProcess;
  #heard: () => void = () => {};

  constructor(settings: Record<string, string>, source = "lib/server/main.ts") {
    const env = { PATH: process.env.PATH, ...settings };
    this.#process = spawn(process.execPath, ["-C", "source", source], { env, stdio: ["ignore", "pipe", "pipe"] });
    this.ended = once(this.#process, "close").then(([code]) => code as number | null);
    const { stdout, stderr } = this.#process;
    if (stdout !== null) createInterface(stdout).on("line", (line) => this.#hear(line));
    if (stderr !== null) createInterface(stderr).on("line", (line) => this.errors.push(line));
  }

  #hear(line: string): void {
    this.lines.push(JSON.parse(line));
    this.#heard();
  }

  /** Waits for a line that is as wanted. @throws Error where the process ends before. */
  async line(wanted: (line: Line) => boolean): Promise<Line> {
    for (;;) {
      const found = this.lines.find(wanted);
      if (found !== undefined) return found;
      const next = new Promise<"line">((resolve) => {
        this.#heard = () => resolve("line");
      });
      if ((await Promise.race([next, this.ended])) !== "line") throw new Error(`it ended: ${this.errors.join("\n")}`);
    }
  }

  /** Where it serves, once it does. */
  async url(): Promise<string> {
    return String((await this.line(({ event }) => event === "serving")).url);
  }

  kill(signal: "SIGTERM" | "SIGKILL"): void {
    this.#process.kill(signal);
  }
}
