import { connect, createServer, type Server, type Socket } from "node:net";

/** A server whose port may be shut and opened again, always the same one. */
export interface Door {
  port: number;
  open(): Promise<void>;
  shut(): Promise<void>;
}

/** Gives a server a loopback port of its own, shut until it is opened. */
export async function doorOf(server: Server): Promise<Door> {
  const open = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(port, "127.0.0.1", () => {
        server.removeListener("error", reject);
        resolve();
      });
    });
  const shut = () => new Promise<void>((resolve) => void server.close(() => resolve()));
  await open(0);
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("expected a server that listens on a port");
  await shut();
  return { port: address.port, open: () => open(address.port), shut };
}

/**
 * What passes a relay: return "cut" to drop the connection, with what has just arrived not passed on; "keep" to not pass it
 * on without a word; milliseconds to pass it on later.
 */
export type Watch = (sent: Buffer) => "cut" | "keep" | number | undefined;

export interface Relay extends Door {
  /** Drops all connections that are open, without a word to either side. */
  cut(): void;
  close(): Promise<void>;
}

/** A relay to a Postgres server that can be watched and cut; shut until it is opened. */
export async function tcpRelay(
  postgresUrl: string,
  watch: { fromClient?: Watch; fromServer?: Watch } = {},
): Promise<Relay> {
  const { hostname, port } = new URL(postgresUrl);
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    pass(client, upstream, watch.fromClient);
    pass(upstream, client, watch.fromServer);
    open.add(client);
    client.once("close", () => open.delete(client));
  });
  const door = await doorOf(server);
  const cut = () => {
    for (const client of open) client.resetAndDestroy();
  };
  const close = async () => {
    cut();
    if (server.listening) await door.shut();
  };
  return { ...door, cut, close };
}

function pass(from: Socket, to: Socket, watch: Watch | undefined): void {
  from.on("data", (chunk) => {
    const fate = watch?.(chunk);
    if (fate === undefined) return void to.write(chunk);
    if (fate === "keep") return;
    if (typeof fate === "number") return void setTimeout(() => to.destroyed || to.write(chunk), fate);
    from.destroy();
    to.destroy();
  });
  from.on("error", () => {}); // its close follows
  from.once("close", () => to.destroy());
}

/** The same database as seen through a relay. */
export function through(relay: Door, url: string): string {
  const relayed = new URL(url);
  relayed.host = `127.0.0.1:${relay.port}`;
  return relayed.href;
}
