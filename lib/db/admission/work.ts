import { AsyncLocalStorage } from "node:async_hooks";

/** A kind of work on the database, with its limits for connections, waiting and statements. */
export interface Work {
  /** Work of one kind shares its connections: `reads`, `jobs`, or the area of the API that writes. */
  kind: string;
  /** The longest wait for a lock and the longest statement, in milliseconds; undefined without limits. */
  limits: { lockMs: number; statementMs: number } | undefined;
  /** The longest wait for a connection of the pool, in milliseconds, and how many may wait at once. */
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

/** Jobs have no waiting client, and their steps have their own deadline. */
export const JOBS: Work = {
  kind: "jobs",
  limits: undefined,
  patienceMs: 60_000,
  mostWaiting: Number.POSITIVE_INFINITY,
};

/** Work outside requests and jobs: commands, migrations. */
const OTHER: Work = { ...JOBS, kind: "other" };

/** The work of a writing request. Its area is the first part of its path after `api` and the version. */
export function writesOf(path: string): Work {
  const area = path.split("/").find((part) => part !== "" && part !== "api" && !/^v\d+$/.test(part));
  return { ...REQUEST, kind: `writes:${area ?? ""}` };
}

const here = new AsyncLocalStorage<Work>();

/** Runs a function, and everything that it calls, as work of this kind. */
export const asWork = <T>(work: Work, run: () => T): T => here.run(work, run);

/** The kind of the current work. */
export const workHere = (): Work => here.getStore() ?? OTHER;
