import { isIPv6 } from "node:net";

/** The address a request comes from, as the platform (or a proxy before a server of one's own) says. */
export function addressOf(request: Request): string {
  const forwarded = request.headers.get("x-forwarded-for")?.split(",")[0]?.trim();
  return request.headers.get("x-real-ip")?.trim() || forwarded || "";
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
