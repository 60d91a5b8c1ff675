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

const routes = [];
for (const { path, handler } of functions) {
  const names = [...path.matchAll(/\[(\w+)\]/g)].map(([, name]) => name);
  const source = `^${path.replace(/\[\w+\]/g, "([^/]+)")}$`;
  routes.push({ names, source: new RegExp(source), served: await import(handler) });
}
// What is named comes before what is not, as on the platform.
routes.sort((a, b) => a.names.length - b.names.length);

/** The function of a path, and the path with its segments in the query, as the platform hands it on. */
function routeOf(url) {
  const [pathname, query = ""] = url.split(/\?(.*)/s);
  for (const { names, source, served } of routes) {
    const found = source.exec(pathname);
    if (found === null) continue;
    const segments = names.map((name, index) => `${name}=${found[index + 1]}`);
    const asked = [...(query === "" ? [] : [query]), ...segments].join("&");
    return { served, url: asked === "" ? pathname : `${pathname}?${asked}` };
  }
  return undefined;
}

const server = createServer((incoming, outgoing) => {
  const route = routeOf(incoming.url);
  if (route === undefined) return outgoing.writeHead(404).end();
  incoming.url = route.url;
  const handler = route.served[incoming.method];
  if (handler === undefined) return outgoing.writeHead(405).end();
  return getRequestListener((request) => handler(request), { overrideGlobalObjects: false })(incoming, outgoing);
});
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));

process.on("message", (asked) => {
  if (asked === "heap") globalThis.gc?.();
  const polluted = Object.keys(Object.prototype).length > 0 || {}.polluted !== undefined;
  if (polluted) faults.push("a prototype was changed");
  process.send({ heap: process.memoryUsage().heapUsed, faults: faults.splice(0) });
});
process.on("disconnect", () => process.exit(0));
