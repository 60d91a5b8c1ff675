import { connect, type Socket } from "node:net";

/** Opens a connection to a server, for what no HTTP client would send. */
export function connectTo(url: string): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {}); // what the server cuts
  return socket;
}

/** All that a connection brings until the server closes it. */
export async function untilClosed(socket: Socket): Promise<string> {
  let text = "";
  socket.setEncoding("utf8").on("data", (chunk) => {
    text += chunk;
  });
  await new Promise((resolve) => socket.once("close", resolve));
  return text;
}

/** Sends a request as it is written, and returns the whole answer. */
export function exchange(url: string, request: string): Promise<string> {
  const socket = connectTo(url);
  socket.write(request);
  return untilClosed(socket);
}
