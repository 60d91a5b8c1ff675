/** Why the server is of no help at the moment: no answer, a late one, or a refusal of everything. */
export type Trouble = "unreachable" | "slow" | "refusing";

export interface Connection {
  /** Sends a request and takes note of how it went. */
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Called on each change. @returns ends the calls. */
  watch(listener: (trouble: Trouble | undefined) => void): () => void;
}

/** A request that waits longer than this is named. */
const SLOW_MS = 8_000;

/** How long to wait before the server is asked again; the last value stays. */
const PROBE_MS = [2_000, 4_000, 8_000, 15_000];

/** Statuses of a server that cannot work: a proxy without it, or its database is away. */
const REFUSING = new Set([502, 503, 504]);

/**
 * Watches the requests of the console. One failed request may be the fault of what it asks for; only if the probe fails too is the
 * server in trouble, and then it is asked again until it answers.
 * @param probe Answers quickly and without effects; its status says whether the server works.
 */
export function watchConnection(probe: () => Promise<Response>): Connection {
  const listeners = new Set<(trouble: Trouble | undefined) => void>();
  let trouble: Trouble | undefined;
  let slow = 0;
  let probing = false;
  const tell = (next: Trouble | undefined) => {
    const shown = next ?? (slow > 0 ? "slow" : undefined);
    if (shown === trouble) return;
    trouble = shown;
    for (const listener of listeners) listener(trouble);
  };

  async function probeUntilItWorks(): Promise<void> {
    if (probing) return;
    probing = true;
    for (let tries = 0; ; tries += 1) {
      const found = await probe().then(
        ({ status }) => (REFUSING.has(status) ? "refusing" : undefined),
        () => "unreachable" as const,
      );
      tell(found);
      if (found === undefined) break;
      await new Promise((resolve) => setTimeout(resolve, PROBE_MS[Math.min(tries, PROBE_MS.length - 1)]));
    }
    probing = false;
  }

  return {
    fetch: async (url, init) => {
      const late = setTimeout(() => {
        slow += 1;
        isSlow = true;
        if (!probing) tell(undefined);
      }, SLOW_MS);
      let isSlow = false;
      try {
        const response = await fetch(url, init);
        if (REFUSING.has(response.status)) void probeUntilItWorks();
        return response;
      } catch (fault) {
        if (!init.signal?.aborted) void probeUntilItWorks();
        throw fault;
      } finally {
        clearTimeout(late);
        if (isSlow) slow -= 1;
        if (!probing) tell(undefined);
      }
    },
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
