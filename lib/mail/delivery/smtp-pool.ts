import type { SmtpConnection } from "./smtp-connection.ts";

interface WaitingBatch {
  count: number;
  start: (connections: SmtpConnection[]) => void;
}

/**
 * The SMTP connections of a run, shared by its batches. A batch gets all its connections at once, first come first served:
 * two batches that each held half of what they need would wait for each other for ever (data-barrier.ts).
 */
export class SmtpPool {
  readonly #all: readonly SmtpConnection[];
  readonly #idle: SmtpConnection[];
  readonly #waiting: WaitingBatch[] = [];

  constructor(connections: SmtpConnection[]) {
    this.#all = connections;
    this.#idle = [...connections];
  }

  /** Lends `count` connections to `work`. @throws RangeError if the pool is smaller. */
  async use<T>(count: number, work: (connections: SmtpConnection[]) => Promise<T>): Promise<T> {
    if (count > this.#all.length)
      throw new RangeError(`expected at most ${this.#all.length} connections, got ${count}`);
    const connections = await new Promise<SmtpConnection[]>((start) => {
      this.#waiting.push({ count, start });
      this.#lend();
    });
    try {
      return await work(connections);
    } finally {
      this.#idle.push(...connections);
      this.#lend();
    }
  }

  close(): void {
    for (const connection of this.#all) connection.close();
  }

  #lend(): void {
    for (let next = this.#waiting[0]; next !== undefined && next.count <= this.#idle.length; next = this.#waiting[0]) {
      this.#waiting.shift();
      next.start(this.#idle.splice(-next.count)); // the ones used last are still open
    }
  }
}
