import { createServer, type Socket } from "node:net";
import { type Door, doorOf } from "./tcp-relay.ts";

/** An ErrorResponse of the Postgres protocol. */
export function errorResponse(severity: string, code: string, message: string): Buffer {
  const fields = `S${severity}\0V${severity}\0C${code}\0M${message}\0\0`;
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeInt32BE(4 + Buffer.byteLength(fields), 1);
  return Buffer.concat([head, Buffer.from(fields)]);
}

/** A server that speaks as much of the Postgres protocol as it takes to refuse everybody; shut until it is opened. */
export async function refusingServer(
  code: string,
  message: string,
): Promise<Door & { tries: () => number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  let tries = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => sockets.delete(socket));
    socket.once("data", () => {
      tries += 1;
      socket.end(errorResponse("FATAL", code, message));
    });
  });
  const door = await doorOf(server);
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await door.shut();
  };
  return { ...door, tries: () => tries, close };
}
