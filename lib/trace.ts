import { AsyncLocalStorage } from "node:async_hooks";

/** What is known of the work under way, wherever it has got to: also in what goes on after the answer. */
interface Trace {
  /** Every log line of it carries these. */
  ids: Readonly<Record<string, string>>;
  /** Where the time went, in milliseconds by name. */
  spans: Map<string, number>;
  /** Headers that its answer will carry, whatever becomes of it. */
  headers: Record<string, string>;
}

const traces = new AsyncLocalStorage<Trace>();

/** Does `work` under these ids, and those of the work that it is part of. */
export function traced<T>(ids: Readonly<Record<string, string>>, work: () => T): T {
  const outer = traces.getStore();
  const inner = { spans: new Map(), headers: {}, ...outer, ids: { ...outer?.ids, ...ids } };
  return traces.run(inner, work);
}

/** The ids of the work under way; none outside of any. */
export const idsHere = (): Readonly<Record<string, string>> => traces.getStore()?.ids ?? {};

/** Does `work` and adds the time it took to what the request's `Server-Timing` says under this name. */
export async function span<T>(name: string, work: () => Promise<T>): Promise<T> {
  const trace = traces.getStore();
  if (trace === undefined) return work();
  const startedAt = performance.now();
  try {
    return await work();
  } finally {
    trace.spans.set(name, (trace.spans.get(name) ?? 0) + performance.now() - startedAt);
  }
}

/** A header that the answer to the request under way will carry. */
export function answerWith(headers: Record<string, string>): void {
  Object.assign(traces.getStore()?.headers ?? {}, headers);
}

/** What has been gathered for the answer of the request under way: its headers and its times in milliseconds. */
export function gathered(): { headers: Readonly<Record<string, string>>; spans: ReadonlyMap<string, number> } {
  return traces.getStore() ?? { headers: {}, spans: new Map() };
}
