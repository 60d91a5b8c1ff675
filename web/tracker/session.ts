import { IDLE } from "./limits.ts";
import { keep, store } from "./store.ts";

/** The last session as it is stored: id and time of its last event. */
let last = "";

/** The id of the session that an event of now belongs to; all tabs share it. */
export function sessionId(customerId: string): string {
  const name = `ov-session:${customerId}`;
  let [id, at] = (store[name] || last).split(" ") as [string, string];
  if (!(Date.now() - +at < IDLE)) id = newId();
  last = `${id} ${Date.now()}`;
  keep(name, last);
  return id;
}

/** `randomUUID` is there in secure contexts only. */
export function newId(): string {
  return crypto.randomUUID?.() ?? crypto.getRandomValues(new Uint32Array(4)).join("-");
}
