import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callerBehind } from "../../../lib/http/client-address.ts";
import { inNetworks } from "../../../lib/network/networks.ts";

const trusted = inNetworks(["10.0.0.0/8", "fd00::/8"]);

const byte = fc.integer({ min: 0, max: 255 });
const group = fc.integer({ min: 0, max: 0xffff }).map((number) => number.toString(16));
/** Addresses that are not trusted proxies here. */
const stranger = fc.oneof(
  fc.tuple(fc.constantFrom(11, 93, 172, 203), byte, byte, byte).map((parts) => parts.join(".")),
  fc.tuple(group, group, group).map(([a, b, c]) => `2001:db8:${a}:${b}::${c}`),
);
const proxy = fc.oneof(
  fc.tuple(byte, byte, byte).map((parts) => `10.${parts.join(".")}`),
  fc.tuple(group, group).map(([a, b]) => `fd00::${a}:${b}`),
  fc.constantFrom("127.0.0.1", "::1"),
);
/** What a caller may write into the header before any proxy does. */
const forged = fc.array(
  fc.oneof(stranger, proxy, fc.string(), fc.constantFrom("unknown", "_hidden", "", " ", "999.1.1.1")),
);

/** An address as proxies write it. */
const written = (address: string) =>
  address.includes(":")
    ? fc.constantFrom(address, `[${address}]`, `[${address}]:8080`, `"[${address}]:8080"`, address.toUpperCase())
    : fc.constantFrom(address, `${address}:49152`, `::ffff:${address}`, ` ${address}\t`, `"${address}"`);

describe("who called", () => {
  it("is the right-most entry that is no trusted proxy, with anything before it", () => {
    const chain = fc.record({ forged, caller: stranger, proxies: fc.array(proxy), peer: proxy });
    const property = chain.chain(({ forged, caller, proxies, peer }) =>
      fc.tuple(fc.constant({ forged, caller, peer }), ...[caller, ...proxies].map(written)),
    );
    fc.assert(
      fc.property(property, ([{ forged, caller, peer }, ...entries]) => {
        expect(callerBehind(peer, [...forged, ...entries].join(", "), trusted)).toBe(caller);
      }),
    );
  });

  it("is the other end of the connection if that is no trusted proxy, and its headers are ignored", () => {
    fc.assert(
      fc.property(stranger, forged, (peer, entries) => {
        expect(callerBehind(peer, entries.join(","), trusted)).toBe(peer);
        expect(callerBehind(`::ffff:203.0.113.7`, entries.join(","), trusted)).toBe("203.0.113.7");
      }),
    );
  });

  it.each([
    ["127.0.0.1", undefined, "127.0.0.1"],
    ["127.0.0.1", "", "127.0.0.1"],
    ["127.0.0.1", ", ,", "127.0.0.1"],
    ["127.0.0.1", "203.0.113.7", "203.0.113.7"],
    ["::ffff:127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"],
    ["127.0.0.1", "198.51.100.1, 203.0.113.7, 10.0.0.5", "203.0.113.7"],
    ["127.0.0.1", "203.0.113.7,", "203.0.113.7"],
    ["127.0.0.1", "fe80::1%eth0", "fe80::1"],
    // Only our own: the machine that called is the first of them.
    ["127.0.0.1", "10.0.0.9, 10.0.0.5", "10.0.0.9"],
    // No address: the proxy that passed it on stands for it.
    ["127.0.0.1", "203.0.113.7, unknown, 10.0.0.5", "10.0.0.5"],
    ["127.0.0.1", "203.0.113.7, [203.0.113.8]", "127.0.0.1"],
    ["127.0.0.1", "203.0.113.7:99999999", "127.0.0.1"],
    ["", "203.0.113.7", ""],
  ])("from %j with %j is %j", (peer, forwarded, caller) => {
    expect(callerBehind(peer, forwarded, trusted)).toBe(caller);
  });
});
