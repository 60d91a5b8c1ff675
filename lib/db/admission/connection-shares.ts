import { DatabaseUnavailable } from "../failures/unavailable.ts";
import type { Work } from "./work.ts";

interface Waiting {
  work: Work;
  enter: () => void;
}

/** The size from which on a pool is divided between kinds of work. */
const ENOUGH = 4;

/**
 * The connections of a pool, shared between kinds of work. Reads may use all connections, all other work together all but one, and
 * the writes of one area all but two, so that requests that wait for one lock leave connections for others. First come, first served.
 */
export class Places {
  readonly #size: number;
  readonly #taken = new Map<string, number>();
  #waiting: Waiting[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  /**
   * Waits for a connection. @returns A function that releases it; a second call has no effect.
   * @throws DatabaseUnavailable `busy` if too many wait already, or the wait takes too long.
   */
  async take(work: Work): Promise<() => void> {
    if (this.#mayEnter(work)) return this.#enter(work);
    const before = this.#waiting.filter((other) => other.work.kind === work.kind).length;
    if (before >= work.mostWaiting) throw busy(`${before} wait for a connection already (${work.kind})`);
    const { promise, resolve, reject } = Promise.withResolvers<() => void>();
    const waiting: Waiting = { work, enter: () => resolve(this.#enter(work)) };
    this.#waiting.push(waiting);
    const timer = setTimeout(() => {
      this.#waiting = this.#waiting.filter((other) => other !== waiting);
      reject(busy(`no connection was free within ${work.patienceMs} ms (${work.kind})`));
    }, work.patienceMs);
    return promise.finally(() => clearTimeout(timer));
  }

  #mayEnter({ kind }: Work): boolean {
    const total = this.#sum(() => true);
    if (total >= this.#size) return false;
    if (kind === "reads" || kind === "other" || this.#size < ENOUGH) return true;
    if (this.#sum((other) => other !== "reads") >= this.#size - 1) return false;
    return kind === "jobs" || (this.#taken.get(kind) ?? 0) < this.#size - 2;
  }

  #sum(counts: (kind: string) => boolean): number {
    return [...this.#taken].reduce((sum, [kind, taken]) => (counts(kind) ? sum + taken : sum), 0);
  }

  #enter({ kind }: Work): () => void {
    this.#taken.set(kind, (this.#taken.get(kind) ?? 0) + 1);
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.#leave(kind);
    };
  }

  #leave(kind: string): void {
    const remaining = (this.#taken.get(kind) ?? 0) - 1;
    if (remaining > 0) this.#taken.set(kind, remaining);
    else this.#taken.delete(kind);
    const next = this.#waiting.findIndex(({ work }) => this.#mayEnter(work));
    if (next >= 0) this.#waiting.splice(next, 1)[0]?.enter();
  }
}

const busy = (why: string): DatabaseUnavailable => new DatabaseUnavailable("busy", new Error(why));
