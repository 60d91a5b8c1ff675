import { isIP, isIPv6 } from "node:net";

/**
 * The address a request comes from, in `X-Real-IP`: the platform sets it anew (its own `ipAddress()` reads it), and so does
 * a server of one's own (serve/listen.ts), from the connection and its proxies. Nothing else that a request says counts.
 */
export function addressOf(request: Request): string {
  return request.headers.get("x-real-ip")?.trim() ?? "";
}

/**
 * Who called, behind any number of proxies: the right-most entry of `X-Forwarded-For` that is not a trusted proxy, since
 * each proxy appends the address it was called from, and only trusted ones tell the truth. Where all are trusted, the
 * left-most: a machine of one's own called. An entry that is no address says nothing; the proxy that passed it on stands
 * for it.
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

/** The address of an entry, without port, brackets, quotes or zone; an IPv4 address in IPv6's clothes as itself. */
function addressIn(entry: string): string | undefined {
  const text = entry.trim().replace(/^"(.*)"$/, "$1");
  const [, bracketed] = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text) ?? [];
  const [, withPort] = /^([\d.]+):\d{1,5}$/.exec(text) ?? [];
  const address = (bracketed ?? withPort ?? text).split("%")[0]?.toLowerCase() ?? "";
  if (isIP(address) === 0 || (bracketed !== undefined && !isIPv6(address))) return undefined;
  const [, mapped] = /^(?:::|0:0:0:0:0:)ffff:([\d.]+)$/.exec(address) ?? [];
  return mapped ?? address;
}

/** An IPv6 visitor's last 64 bits change by the hour (RFC 8981); the rest is the household's, as an IPv4 address is. */
export function networkOf(address: string): string {
  const text = address.toLowerCase().split("%")[0] ?? "";
  if (!isIPv6(text)) return text;
  const groups = groupsOf(text);
  const [high = 0, low = 0] = groups.slice(6);
  if (groups.slice(0, 6).join(":") === "0:0:0:0:0:65535") return [high >> 8, high & 255, low >> 8, low & 255].join(".");
  return groups.slice(0, 4).join(":");
}

/**
 * The /48 of an IPv6 address: providers hand out that much to one customer, who has 65,536 networks of 64 bits in it.
 * Undefined for IPv4, also where it is written as IPv6.
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
