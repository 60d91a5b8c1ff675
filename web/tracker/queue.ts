import { ENOUGH, GATHER, MAX_AGE, MAX_BACKOFF, MAX_BATCH, MAX_BYTES, MAX_WAITING } from "./limits.ts";
import { attempt, on } from "./page.ts";
import { byteLength } from "./size.ts";
import { keep, store } from "./store.ts";

export interface Queue {
  /** @param event Its JSON. It begins with the time, so that sorting by text sorts by time. */
  add(event: string): void;
  /** Sends a batch of the waiting events. @returns a promise that settles after the response or a failure, and never rejects. */
  flush(): Promise<void>;
}

/**
 * The events that wait for the server. Each has its own key in the store from the moment it occurs until the server has
 * answered, so that the next page sends what this page could not. Keys are only added and removed, never rewritten, so
 * that tabs do not overwrite each other. Two tabs may send the same event: the server recognizes it by its id.
 */
export function openQueue(
  url: string,
  site: { customer_id: string; key: string },
  debug: (...words: unknown[]) => void,
): Queue {
  const prefix = `ov:${site.customer_id}:`;
  const waiting = new Set<string>();
  /** Set while events wait and until the request for them is answered. Only one timer runs at a time. */
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const add = (event: string) => {
    keep(prefix + event, "");
    wait(event);
    if (waiting.size >= ENOUGH && !failures) flush();
  };

  const wait = (event: string) => {
    waiting.add(event);
    if (waiting.size > MAX_WAITING) forget([...waiting].sort()[0] as string);
    timer ??= setTimeout(flush, GATHER);
  };

  const forget = (event: string) => {
    waiting.delete(event);
    delete store[prefix + event];
  };

  const flush = () => send(take());

  const take = () => {
    const batch: string[] = [];
    let bytes = 0;
    for (const event of waiting) {
      bytes += byteLength(event);
      if (batch.length === MAX_BATCH || bytes > MAX_BYTES) break;
      batch.push(event);
      waiting.delete(event);
    }
    return batch;
  };

  const send = async (batch: string[]): Promise<void> => {
    let delay = GATHER;
    try {
      if (batch[0]) {
        const body = bodyOf(batch);
        const { status, headers } = await fetch(url, { method: "POST", body, keepalive: true, credentials: "omit" });
        debug(batch.length, status);
        delay = +(headers.get("retry-after") ?? 0) * 1000 || GATHER;
        if (/408|429|5../.test(`${status}`)) throw status;
        failures = 0;
        // An event that the server cannot read must not fail the other events.
        batch.forEach(batch[1] && /400|413|422/.test(`${status}`) ? (event) => send([event]) : forget);
      }
    } catch (reason) {
      debug(reason);
      delay = Math.min(Math.max(delay, GATHER * 2 ** failures++), MAX_BACKOFF) * (1 + Math.random() / 4);
      batch.forEach(wait);
    }
    clearTimeout(timer);
    timer = waiting.size ? setTimeout(flush, delay) : undefined;
  };

  const bodyOf = (batch: string[]) =>
    `${JSON.stringify({ ...site, sent_at: new Date() }).slice(0, -1)},"events":[${batch}]}`;

  /** A beacon has no response, so its events stay in the store. */
  const leave = () => {
    for (let batch = take(); batch[0]; batch = take()) {
      if (!attempt(() => navigator.sendBeacon(url, bodyOf(batch)))) send(batch);
    }
  };

  /** Events without a response, from earlier pages or from this page when it was hidden. */
  const restore = () => {
    const oldest = JSON.stringify({ occurred_at: new Date(Date.now() - MAX_AGE) });
    for (const name of Object.keys(store)) {
      const event = name.slice(prefix.length);
      if (name.startsWith(prefix)) (event < oldest ? forget : wait)(event);
    }
  };

  on("visibilitychange", () => (document.hidden ? leave() : restore()));
  on("pagehide", leave);
  restore();
  return { add, flush };
}
