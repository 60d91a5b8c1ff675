import { attempt } from "./page.ts";

/** Storage that outlives the page, or memory if the browser denies access. */
export const store: Record<string, string> = attempt(() => localStorage) ?? {};

/** Stores a value if there is room. */
export function keep(name: string, value: string): void {
  attempt(() => {
    store[name] = value;
  });
}
