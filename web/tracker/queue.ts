import { ENOUGH, GATHER, MAX_AGE, MAX_BACKOFF, MAX_BATCH, MAX_BYTES, MAX_WAITING } from "./limits.ts";
import { attempt, on } from "./page.ts";
import { byteLength } from "./size.ts";
import { keep, store } from "./store.ts";

export interface Queue {
  /** @param event Its JSON, which begins with when it occurred: in the order of text is in the order of time. */
  add(event: string): void;
  /** Sends a batch of what waits. @returns settled when it was answered, or could not be sent; never rejected. */
  flush(): Promise<void>;
}

/**
 * Events on their way. Each is a name in the store from the moment it occurs until the server has answered for it, so
 * that the next page sends what this one could not. Names are only ever added and removed, never rewritten: tabs do not
 * undo each other's work. Two that send the same event do no harm, since the server knows it by its id.
 */
export function openQueue(
  url: string,
  site: { customer_id: string; key: string },
  debug: (...words: unknown[]) => void,
): Queue {
  const prefix = `ov:${site.customer_id}:`;
  const waiting = new Set<string>();
  /** Set from when something waits until a request is answered that had been due; one at a time is enough. */
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
        // One that the server cannot read must not take the others with it.
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

  /** A beacon has no answer, so what it takes along stays in the store. */
  const leave = () => {
    for (let batch = take(); batch[0]; batch = take()) {
      if (!attempt(() => navigator.sendBeacon(url, bodyOf(batch)))) send(batch);
    }
  };

  /** What pages before this one, or this one as it was hidden, have no answer for. */
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
