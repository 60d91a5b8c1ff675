import { connect } from "node:net";
import type { PoolClient } from "pg";
import type { Work } from "./work.ts";

type Limits = NonNullable<Work["limits"]>;

/** Properties of a connection of `pg` that its types leave out. */
interface Backend {
  host?: string;
  port?: number;
  processID?: number;
  secretKey?: number;
}

/**
 * Applies the time limits of the current work to a connection until it is released. A transaction sets its limits in the same
 * message as its `begin`: settings of the session or of the connection's start would not pass a pooler, or would stay for the
 * next user of the connection. A single statement is cancelled when its time is over.
 * @returns a function that ends the limits and returns whether the connection may be used again.
 */
export function holdTo(limits: Limits | undefined, client: PoolClient): () => boolean {
  if (limits === undefined) return () => true;
  let cancelled = false;
  const timer = setTimeout(() => {
    cancelled = true; // the cancellation may hit a later statement, so the connection is not used again
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

/** Asks the server over a second connection to cancel the statement of a connection (CancelRequest of the protocol). */
function cancel({ host, port, processID, secretKey }: Backend): void {
  if (host === undefined || port === undefined || typeof processID !== "number" || typeof secretKey !== "number")
    return;
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(80_877_102, 4);
  request.writeInt32BE(processID, 8);
  request.writeInt32BE(secretKey, 12);
  const socket = host.startsWith("/") ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
  socket.on("error", () => {}); // then the statement runs to its end
  // The server closes this connection: PgBouncer 1.18 crashes if the client closes it first.
  socket.on("connect", () => socket.write(request));
  socket.setTimeout(CANCEL_MS, () => socket.destroy());
  socket.unref();
}
