import { isIP, isIPv6 } from "node:net";

/**
 * The address of the client, from `X-Real-IP`. The platform sets this header, and a self-hosted server sets it from the connection
 * and its proxies (server/listen.ts). Other headers with addresses are ignored.
 */
export function addressOf(request: Request): string {
  return request.headers.get("x-real-ip")?.trim() ?? "";
}

/**
 * The address of the client behind any number of proxies: the right-most entry of `X-Forwarded-For` that is not a trusted proxy.
 * Each proxy appends the address of its peer, and only trusted proxies are believed. If all entries are trusted, it is the left-most.
 * If an entry is not an address, the proxy that passed it on counts as the client.
 * @param peer The other end of the connection.
 * @param forwarded All lines of `X-Forwarded-For`, joined by commas.
 */
export function callerBehind(
  peer: string,
  forwarded: string | undefined,
  trusted: (address: string) => boolean,
): string {
  let caller = addressIn(peer) ?? "";
  for (const entry of (forwarded ?? "").split(",").reverse()) {
    if (entry.trim() === "") continue;
    if (!trusted(caller)) return caller;
    const next = addressIn(entry);
    if (next === undefined) return caller;
    caller = next;
  }
  return caller;
}

/** The address in an entry, without port, brackets, quotes or zone. An IPv4-mapped IPv6 address becomes IPv4. */
function addressIn(entry: string): string | undefined {
  const text = entry.trim().replace(/^"(.*)"$/, "$1");
  const [, bracketed] = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text) ?? [];
  const [, withPort] = /^([\d.]+):\d{1,5}$/.exec(text) ?? [];
  const address = (bracketed ?? withPort ?? text).split("%")[0]?.toLowerCase() ?? "";
  if (isIP(address) === 0 || (bracketed !== undefined && !isIPv6(address))) return undefined;
  const [, mapped] = /^(?:::|0:0:0:0:0:)ffff:([\d.]+)$/.exec(address) ?? [];
  return mapped ?? address;
}

/** The network of an address: for IPv6 the first 64 bits, because the rest changes every few hours (RFC 8981). */
export function networkOf(address: string): string {
  const text = address.toLowerCase().split("%")[0] ?? "";
  if (!isIPv6(text)) return text;
  const groups = groupsOf(text);
  const [high = 0, low = 0] = groups.slice(6);
  if (groups.slice(0, 6).join(":") === "0:0:0:0:0:65535") return [high >> 8, high & 255, low >> 8, low & 255].join(".");
  return groups.slice(0, 4).join(":");
}

/**
 * The /48 of an IPv6 address. Providers may give one customer a /48, which contains 65,536 networks of 64 bits. Undefined for IPv4,
 * even if it is written as IPv6.
 */
export function customerNetworkOf(address: string): string | undefined {
  const groups = networkOf(address).split(":");
  return groups.length === 4 ? `${groups.slice(0, 3).join(":")}/48` : undefined;
}

/** The eight groups of an IPv6 address, however it is written. */
function groupsOf(address: string): number[] {
  const { hostname } = new URL(`http://[${address}]`); // in one way only
  const [front = [], back = []] = hostname
    .slice(1, -1)
    .split("::")
    .map((part) => part.split(":").filter(Boolean));
  const zeros = Array<string>(8 - front.length - back.length).fill("0");
  return [...front, ...zeros, ...back].map((group) => Number.parseInt(group, 16));
}
