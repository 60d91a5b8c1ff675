import type { Operation } from "../http/operation.ts";
import { GROUPS } from "./api.ts";

/** Every operation of this deployment with the tag of its group, for the document, checks and tests. */
export async function allOperations(): Promise<{ tag: string; operation: Operation }[]> {
  const loaded = GROUPS.map(async ({ tag, load }) => (await load()).map((operation) => ({ tag, operation })));
  return (await Promise.all(loaded)).flat();
}
