import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { FOR_ANOTHER_HOST } from "./smtp-certificates.ts";

export interface ConnectProxy {
  url: string;
  /** What it was to connect to, in that order, and as whom. */
  asked: { target: string; authorization: string | undefined }[];
  /** What it answers instead of connecting. */
  refusal: { status: number; body: string } | undefined;
  close(): Promise<void>;
}

/** A proxy that leads every tunnel to one TLS server, `mx.other.example`, which passes on to an HTTP server on loopback. */
export async function startConnectProxy(target: string): Promise<ConnectProxy> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  const kept = <S extends Socket>(socket: S): S => {
    open.add(socket);
    socket.on("error", () => {}).once("close", () => open.delete(socket));
    return socket;
  };
  const join = (one: Socket, other: Socket) => one.pipe(other).pipe(one);
  const tls = createTlsServer(FOR_ANOTHER_HOST, (socket) => join(kept(socket), kept(connect(Number(port), hostname))));
  const server = createServer();
  for (const one of [tls, server]) {
    one.listen(0, "127.0.0.1");
    await once(one, "listening");
  }
  const proxy: ConnectProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    refusal: undefined,
    close: async () => {
      for (const socket of open) socket.destroy();
      server.closeAllConnections();
      await Promise.all([tls, server].map((one) => new Promise((resolve) => one.close(resolve))));
    },
  };
  server.on("connect", ({ url = "", headers }, socket: Socket) => {
    kept(socket);
    proxy.asked.push({ target: url, authorization: headers["proxy-authorization"] });
    if (proxy.refusal !== undefined) {
      const { status, body } = proxy.refusal;
      const head = `HTTP/1.1 ${status} Refused\r\nContent-Type: text/html\r\nContent-Length: ${body.length}`;
      return void socket.end(`${head}\r\n\r\n${body}`);
    }
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    join(socket, kept(connect((tls.address() as AddressInfo).port, "127.0.0.1")));
  });
  return proxy;
}

/** A URL on loopback at which nothing listens. */
export async function deadUrl(): Promise<string> {
  const server = createTcpServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return `http://127.0.0.1:${port}`;
}
