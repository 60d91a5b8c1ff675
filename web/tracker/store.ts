import { attempt } from "./page.ts";

/** What outlives the page; or, where the browser keeps that from us, what does not. */
export const store: Record<string, string> = attempt(() => localStorage) ?? {};

/** Keeps it if there is room. */
export function keep(name: string, value: string): void {
  attempt(() => {
    store[name] = value;
  });
}
