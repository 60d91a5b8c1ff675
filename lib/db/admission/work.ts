import { AsyncLocalStorage } from "node:async_hooks";

/** What a connection is wanted for: decides how many of a pool it may have, how long it waits, and how long it may take. */
export interface Work {
  /** Work of one kind shares its places: `reads`, `jobs`, or the area of the API that writes. */
  kind: string;
  /** How long a lock is waited for, and how long a statement may take, in milliseconds; undefined for as long as it takes. */
  limits: { lockMs: number; statementMs: number } | undefined;
  /** How long a place in the pool is waited for, in milliseconds, and by how many at once. */
  patienceMs: number;
  mostWaiting: number;
}

/** A client waits for the response: if the work takes longer, it is told to retry. */
const REQUEST: Omit<Work, "kind"> = {
  limits: { lockMs: 5_000, statementMs: 20_000 },
  patienceMs: 8_000,
  mostWaiting: 250,
};

export const READS: Work = { ...REQUEST, kind: "reads" };

/** No client waits, and steps have their own deadline. */
export const JOBS: Work = {
  kind: "jobs",
  limits: undefined,
  patienceMs: 60_000,
  mostWaiting: Number.POSITIVE_INFINITY,
};

/** What is done by no request and no job: commands, migrations. */
const OTHER: Work = { ...JOBS, kind: "other" };

/** The work of a request that writes, by its area: the first part of its path that is not the API's or its version's. */
export function writesOf(path: string): Work {
  const area = path.split("/").find((part) => part !== "" && part !== "api" && !/^v\d+$/.test(part));
  return { ...REQUEST, kind: `writes:${area ?? ""}` };
}

const here = new AsyncLocalStorage<Work>();

/** Does something as work of this kind, wherever it leads to. */
export const asWork = <T>(work: Work, something: () => T): T => here.run(work, something);

/** What is being done. */
export const workHere = (): Work => here.getStore() ?? OTHER;
