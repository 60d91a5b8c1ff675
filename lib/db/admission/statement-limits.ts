import { connect } from "node:net";
import type { PoolClient } from "pg";
import type { Work } from "./work.ts";

type Limits = NonNullable<Work["limits"]>;

/** What `pg` knows of a connection beside its types. */
interface Backend {
  host?: string;
  port?: number;
  processID?: number;
  secretKey?: number;
}

/**
 * Holds what is done on a connection to the limits of its work, until it is given back. Transactions set theirs for
 * themselves as they begin, in the same message: a setting of the session, or one asked for at the start, would not get
 * through a pooler, or would stay for whoever comes next. A single statement is cancelled.
 * @returns how to stop; whether the connection may be used again.
 */
export function holdTo(limits: Limits | undefined, client: PoolClient): () => boolean {
  if (limits === undefined) return () => true;
  let cancelled = false;
  const timer = setTimeout(() => {
    cancelled = true; // it may come when the next statement runs: the connection is given up afterwards
    cancel(client as unknown as Backend);
  }, limits.statementMs);
  timer.unref();
  const query = client.query as (...call: unknown[]) => unknown;
  client.query = ((first: unknown, ...rest: unknown[]) => {
    if (!isBegin(first)) return query.call(client, first, ...rest);
    clearTimeout(timer);
    return query.call(client, { ...first, text: beginWithin(limits) }, ...rest);
  }) as PoolClient["query"];
  return () => {
    clearTimeout(timer);
    client.query = query as PoolClient["query"];
    return !cancelled;
  };
}

const isBegin = (query: unknown): query is { text: string } =>
  typeof query === "object" && query !== null && "text" in query && /^begin\s*$/.test(String(query.text));

const beginWithin = ({ lockMs, statementMs }: Limits): string =>
  `begin; set local lock_timeout = ${lockMs}; set local statement_timeout = ${statementMs}`;

const CANCEL_MS = 5_000;

/** Asks the server, over a connection of its own, to end what a connection is doing (protocol, CancelRequest). */
function cancel({ host, port, processID, secretKey }: Backend): void {
  if (host === undefined || port === undefined || typeof processID !== "number" || typeof secretKey !== "number")
    return;
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(80_877_102, 4);
  request.writeInt32BE(processID, 8);
  request.writeInt32BE(secretKey, 12);
  const socket = host.startsWith("/") ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
  socket.on("error", () => {}); // then the statement takes as long as it takes
  // The other side closes when it is done: PgBouncer 1.18 ends itself where a client closes before that.
  socket.on("connect", () => socket.write(request));
  socket.setTimeout(CANCEL_MS, () => socket.destroy());
  socket.unref();
}
