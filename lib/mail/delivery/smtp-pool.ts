import type { Lane } from "./smtp-connection.ts";

interface Waiting {
  count: number;
  go: (lanes: Lane[]) => void;
}

/**
 * The connections of a run, shared by its batches. A batch gets all it needs at once or waits, first come first served:
 * two that each held half of theirs would wait for each other at the door (hand-over.ts) for ever.
 */
export class LanePool {
  readonly #all: readonly Lane[];
  readonly #idle: Lane[];
  readonly #waiting: Waiting[] = [];

  constructor(lanes: Lane[]) {
    this.#all = lanes;
    this.#idle = [...lanes];
  }

  /** Lends `count` lanes to some work. @throws RangeError where there are not so many. */
  async use<T>(count: number, work: (lanes: Lane[]) => Promise<T>): Promise<T> {
    if (count > this.#all.length) throw new RangeError(`expected at most ${this.#all.length} lanes, got ${count}`);
    const lanes = await new Promise<Lane[]>((go) => {
      this.#waiting.push({ count, go });
      this.#serve();
    });
    try {
      return await work(lanes);
    } finally {
      this.#idle.push(...lanes);
      this.#serve();
    }
  }

  close(): void {
    for (const lane of this.#all) lane.close();
  }

  #serve(): void {
    for (let next = this.#waiting[0]; next !== undefined && next.count <= this.#idle.length; next = this.#waiting[0]) {
      this.#waiting.shift();
      next.go(this.#idle.splice(-next.count)); // the ones used last, whose connections are open
    }
  }
}
