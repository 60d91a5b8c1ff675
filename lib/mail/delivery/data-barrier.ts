/** A mail at the door keeps its connection waiting; this is well below what a lane bears in silence (lane.ts). */
const OPENS_AFTER_MS = 5_000;

/**
 * Puts on record which mails of a batch are about to be handed to the server, all in one statement: each mail waits at
 * the door until the others have come there too, or have failed before it, or are too slow to be waited for. What is on
 * record when the process dies may have been delivered; what is not, has not.
 */
export class HandOver {
  readonly #mark: (ids: number[]) => Promise<Set<number>>;
  readonly #opensAfterMs: number;
  readonly #waiting = new Map<number, { go: () => void; stop: (reason: unknown) => void }>();
  #expected: number;
  #timer: NodeJS.Timeout | undefined;

  /** @param mark Records the ids; returns those that are still ours. */
  constructor(mails: number, mark: (ids: number[]) => Promise<Set<number>>, opensAfterMs = OPENS_AFTER_MS) {
    this.#expected = mails;
    this.#mark = mark;
    this.#opensAfterMs = opensAfterMs;
  }

  /** A mail is at the door. Resolves when its handing over is on record. @throws where it is not ours any more. */
  ready(id: number): Promise<void> {
    return new Promise((go, stop) => {
      this.#waiting.set(id, { go, stop });
      this.#timer ??= setTimeout(() => this.#open(), this.#opensAfterMs);
      this.#openIfAllHere();
    });
  }

  /** A mail will not come to the door. */
  leave(): void {
    this.#expected -= 1;
    this.#openIfAllHere();
  }

  #openIfAllHere(): void {
    if (this.#waiting.size > 0 && this.#waiting.size >= this.#expected) this.#open();
  }

  #open(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const all = new Map(this.#waiting);
    this.#waiting.clear();
    this.#expected -= all.size;
    this.#mark([...all.keys()]).then(
      (marked) => {
        for (const [id, { go, stop }] of all) {
          if (marked.has(id)) go();
          else stop(new Error("another process has taken this mail over"));
        }
      },
      (fault: unknown) => {
        for (const { stop } of all.values()) stop(fault);
      },
    );
  }
}
