/** The length of a window, after which counts start at zero. */
export const WINDOW_SECONDS = 60;
const WINDOW_MS = WINDOW_SECONDS * 1000;

/** The count of one caller. */
export interface Counted {
  spent: boolean;
  remaining: number;
  /** Milliseconds until its window ends. */
  ms: number;
}

interface Window {
  count: number;
  /** In the time of `performance.now`. */
  endsAt: number;
}

/** Each caller takes about 150 bytes. */
const MOST_CALLERS = 40_000;

/**
 * Counts requests in this process by caller, in windows of a minute. Callers are stored in two generations. After a minute, or
 * earlier if it is full, the young generation becomes the old one, and the previous old one is dropped. So memory is bounded
 * without a timer for each caller. During an attack from very many addresses the oldest counts are lost first.
 */
export class WindowCounter {
  readonly #most: number;
  #young = new Map<string, Window>();
  #old = new Map<string, Window>();
  #turnedAt = performance.now();
  #crowdedUntil = 0;

  /** @param most The number of callers that it remembers. */
  constructor(most = MOST_CALLERS) {
    this.#most = most;
  }

  /** Whether more callers came within a minute than are remembered. */
  get crowded(): boolean {
    return performance.now() < this.#crowdedUntil;
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  /** Counts a request of a caller whose limit is `points`. @param weight The number of requests it counts as. */
  add(caller: string, points: number, weight = 1): Counted {
    const now = performance.now();
    const window = this.#running(caller, now) ?? this.#begin(caller, now);
    window.count += weight;
    return counted(window, points, now);
  }

  /** The current count of a caller; undefined without requests in this window. */
  look(caller: string, points: number): Counted | undefined {
    const now = performance.now();
    const window = this.#running(caller, now);
    return window && counted(window, points, now);
  }

  /** Sets a caller's count beyond its limit, because the shared store has counted that many requests. */
  exhaust(caller: string, points: number): void {
    const window = this.#running(caller, performance.now());
    if (window !== undefined) window.count = Math.max(window.count, points + 1);
  }

  #running(caller: string, now: number): Window | undefined {
    const window = this.#young.get(caller) ?? this.#old.get(caller);
    return window !== undefined && window.endsAt > now ? window : undefined;
  }

  #begin(caller: string, now: number): Window {
    const full = this.#young.size >= this.#most / 2;
    if (full) this.#crowdedUntil = now + WINDOW_MS;
    if (full || now - this.#turnedAt > WINDOW_MS) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#turnedAt = now;
    }
    const window = { count: 0, endsAt: now + WINDOW_MS };
    this.#young.set(caller, window);
    return window;
  }
}

function counted({ count, endsAt }: Window, points: number, now: number): Counted {
  return { spent: count > points, remaining: Math.max(0, points - count), ms: endsAt - now };
}
