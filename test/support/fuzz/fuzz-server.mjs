// Serves all built functions on loopback in a process of its own. It reports uncaught errors, changed prototypes, attempts to
// connect to other machines, and its use of memory. Plain JavaScript: it loads nothing else of ours.
import { createServer } from "node:http";
import { Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";

const functions = JSON.parse(process.argv[2]);
const faults = [];
process.on("unhandledRejection", (reason) => faults.push(`unhandled rejection: ${reason?.stack ?? reason}`));
process.on("uncaughtException", (error) => faults.push(`uncaught exception: ${error?.stack ?? error}`));

const connect = Socket.prototype.connect;
Socket.prototype.connect = function (...given) {
  const [options] = Array.isArray(given[0]) ? given[0] : given;
  const host = typeof options === "object" ? options.host : given[1];
  if (typeof host === "string" && !/^(127\.0\.0\.1|::1|localhost)$/.test(host)) {
    faults.push(`a connection to ${host}`);
    throw new Error(`${host} is not on loopback`);
  }
  return connect.apply(this, given);
};

const served = new Map();
for (const { path, handler } of functions) served.set(path, await import(handler));

/** The function of a path: a job's own, otherwise the app. */
const functionOf = (url) => served.get(url.split("?")[0]) ?? served.get("/api");

const server = createServer((incoming, outgoing) => {
  const handler = functionOf(incoming.url)[incoming.method];
  if (handler === undefined) return outgoing.writeHead(405).end();
  return getRequestListener((request) => handler(request))(incoming, outgoing);
});
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));

process.on("message", (asked) => {
  if (asked === "heap") globalThis.gc?.();
  const polluted = Object.keys(Object.prototype).length > 0 || {}.polluted !== undefined;
  if (polluted) faults.push("a prototype was changed");
  process.send({ heap: process.memoryUsage().heapUsed, faults: faults.splice(0) });
});
process.on("disconnect", () => process.exit(0));
