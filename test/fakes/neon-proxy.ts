import { createServer, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { neonConfig } from "@neondatabase/serverless";
import { Client, type ClientBase, DatabaseError, type QueryArrayConfig } from "pg";
import { type WebSocket, WebSocketServer } from "ws";
import { errorResponse } from "./neon-wire.ts";
import { type Door, doorOf } from "./tcp-relay.ts";

/** What stands between Neon's driver and Postgres at Neon, in front of the test run's server. */
export interface NeonProxy extends Door {
  /** Statements that came over HTTP. */
  statements: string[];
  /** Addresses that WebSockets asked for. */
  sockets: string[];
  /** Answers to the next requests over HTTP, in place of the database's. */
  faults: Fault[];
  /** What the next WebSockets are told in place of the database's greeting; nothing said closes them. */
  socketFaults: string[];
  close(): Promise<void>;
}

/** An answer of Neon's own. */
export interface Fault {
  status: number;
  body: unknown;
  /** Whether the statement is run all the same, before it. */
  ran?: boolean;
}

/** A proxy to the server at this URL; shut until it is opened. */
export async function neonProxy(postgresUrl: string): Promise<NeonProxy> {
  const statements: string[] = [];
  const sockets: string[] = [];
  const faults: Fault[] = [];
  const socketFaults: string[] = [];
  const server = createServer(async (request, response) => {
    const fault = faults.shift();
    if (fault === undefined || fault.ran) {
      const [status, body] = await answer(request, postgresUrl, statements);
      if (fault === undefined) {
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
        return;
      }
    }
    const said = typeof fault.body === "string" ? fault.body : JSON.stringify(fault.body);
    response.writeHead(fault.status, { "content-type": "application/json" }).end(said);
  });
  const relay = new WebSocketServer({ server });
  relay.on("connection", (socket, request) => {
    sockets.push(new URL(request.url ?? "", "ws://proxy").searchParams.get("address") ?? "");
    const said = socketFaults.shift();
    if (said === undefined) passOn(socket, postgresUrl);
    else refuse(socket, said);
  });
  relay.on("error", () => {}); // the server's own, which its door reports
  const door = await doorOf(server);
  const shut = () => {
    for (const socket of relay.clients) socket.terminate();
    const shutting = door.shut();
    server.closeAllConnections();
    return shutting;
  };
  return {
    ...door,
    shut,
    close: async () => void (server.listening && (await shut())),
    statements,
    sockets,
    faults,
    socketFaults,
  };
}

/** Points Neon's driver at a proxy, for this process. */
export function useNeonProxy({ port }: Door): void {
  neonConfig.fetchEndpoint = () => `http://127.0.0.1:${port}/sql`;
  neonConfig.wsProxy = `127.0.0.1:${port}/v1`;
  neonConfig.useSecureWebSocket = false;
  neonConfig.pipelineConnect = false;
  neonConfig.pipelineTLS = false;
}

/** The URL that Neon would give out for a database. */
export function neonUrl(url: string): string {
  const { username, password, pathname } = new URL(url);
  return `postgresql://${username}:${password}@ep-test-123.eu-central-1.aws.neon.tech${pathname}?sslmode=require`;
}

/** Answers the first message with an error as Neon's proxy words them, and closes. */
function refuse(socket: WebSocket, message: string): void {
  socket.once("message", () => {
    if (message !== "") socket.send(errorResponse("ERROR", "XX000", message));
    socket.close();
  });
}

/** Relays a WebSocket to Postgres, byte by byte. */
function passOn(socket: WebSocket, postgresUrl: string): void {
  const { hostname, port } = new URL(postgresUrl);
  const upstream = connect(Number(port), hostname);
  socket.on("message", (data: Buffer) => upstream.write(data));
  upstream.on("data", (chunk) => socket.send(chunk));
  socket.on("close", () => upstream.destroy());
  upstream.on("close", () => socket.close());
  upstream.on("error", () => socket.terminate());
}

interface Query {
  query: string;
  params: (string | null)[];
}

/** Answers a request of the HTTP protocol. @returns the HTTP status and the body. */
async function answer(request: IncomingMessage, postgresUrl: string, statements: string[]): Promise<[number, unknown]> {
  for (const name of ["neon-raw-text-output", "neon-array-mode"]) {
    if (header(request, name) !== "true") return [400, { message: `${name}: expected true` }];
  }
  const { username, password, pathname } = new URL(header(request, "neon-connection-string"));
  const { host } = new URL(postgresUrl);
  const client = new Client({ connectionString: `postgresql://${username}:${password}@${host}${pathname}` });
  try {
    await client.connect();
    const body = JSON.parse(await text(request)) as Query | { queries: Query[] };
    const queries = "queries" in body ? body.queries : [body];
    statements.push(...queries.map(({ query }) => query));
    if (!("queries" in body)) return [200, await run(client, body)];
    await client.query(beginOf(request));
    const results = [];
    for (const query of queries) results.push(await run(client, query));
    await client.query("commit");
    return [200, { results }];
  } catch (error) {
    if (!(error instanceof DatabaseError)) return [500, String(error)];
    return [400, { ...error, message: error.message }];
  } finally {
    await client.end();
  }
}

/** How a batch begins its one transaction. */
function beginOf(request: IncomingMessage): string {
  const isolation = header(request, "neon-batch-isolation-level").replace(/(?<=[a-z])(?=[A-Z])/g, " ");
  const characteristics = [
    isolation && `isolation level ${isolation}`,
    header(request, "neon-batch-read-only") === "true" && "read only",
    header(request, "neon-batch-deferrable") === "true" && "deferrable",
  ];
  return `begin ${characteristics.filter(Boolean).join(" ")}`;
}

function header(request: IncomingMessage, name: string): string {
  return String(request.headers[name] ?? "");
}

/** Runs a statement as Neon does: prepared, values in Postgres' own text. */
async function run(client: ClientBase, { query, params }: Query) {
  const asText: QueryArrayConfig & { queryMode: "extended" } = {
    text: query,
    values: params,
    rowMode: "array",
    queryMode: "extended",
    types: { getTypeParser: () => (value: unknown) => value },
  };
  const { fields, rows, rowCount, command } = await client.query(asText);
  return { fields, rows, rowCount, command, rowAsArray: true };
}
