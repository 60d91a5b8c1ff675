import { IDLE } from "./limits.ts";
import { keep, store } from "./store.ts";

/** The stored session: its id and the time of its last event. */
let last = "";

/** The id of the current session, which all tabs share. */
export function sessionId(customerId: string): string {
  const name = `ov-session:${customerId}`;
  let [id, at] = (store[name] || last).split(" ") as [string, string];
  if (!(Date.now() - +at < IDLE)) id = newId();
  last = `${id} ${Date.now()}`;
  keep(name, last);
  return id;
}

/** `randomUUID` exists only in secure contexts. */
export function newId(): string {
  return crypto.randomUUID?.() ?? crypto.getRandomValues(new Uint32Array(4)).join("-");
}
