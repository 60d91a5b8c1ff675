import { AsyncLocalStorage } from "node:async_hooks";

/** What is known about the work in progress, also after the response was sent. */
interface Trace {
  /** Ids that every log line of the work contains. */
  ids: Readonly<Record<string, string>>;
  /** The times of its parts in milliseconds, by name. */
  spans: Map<string, number>;
  /** Headers of its response, whether it succeeds or fails. */
  headers: Record<string, string>;
}

const traces = new AsyncLocalStorage<Trace>();

/** Runs `work` under these ids and those of the work around it. */
export function traced<T>(ids: Readonly<Record<string, string>>, work: () => T): T {
  const outer = traces.getStore();
  const inner = { spans: new Map(), headers: {}, ...outer, ids: { ...outer?.ids, ...ids } };
  return traces.run(inner, work);
}

/** The ids of the work in progress; none outside of it. */
export const currentIds = (): Readonly<Record<string, string>> => traces.getStore()?.ids ?? {};

/** Runs `work` and adds its time to the request's `Server-Timing` under this name. */
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

/** Adds headers to the response of the current request. */
export function addResponseHeaders(headers: Record<string, string>): void {
  Object.assign(traces.getStore()?.headers ?? {}, headers);
}

/** The headers and times (in milliseconds) that were gathered for the response of the current request. */
export function responseParts(): { headers: Readonly<Record<string, string>>; spans: ReadonlyMap<string, number> } {
  return traces.getStore() ?? { headers: {}, spans: new Map() };
}
