import { describe, expect, it } from "vitest";
import { parseUserAgent } from "../../../lib/analytics/events/user-agent.ts";
import { visitorHash } from "../../../lib/analytics/events/visitor-hash.ts";
import { addressOf } from "../../../lib/http/client-address.ts";

/** Who sends a request: by its user agent and its address. */

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";

describe("a user agent", () => {
  it.each([
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36`, "desktop Chrome Windows"],
    [`Mozilla/5.0 (Windows NT 10.0) ${WEBKIT} Chrome/140.0 Safari/537.36 Edg/140.0`, "desktop Microsoft Edge Windows"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "desktop Firefox Linux"],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
      "mobile Safari iOS",
    ],
    [`Mozilla/5.0 (Linux; Android 15; Pixel 9) ${WEBKIT} Chrome/140.0 Mobile Safari/537.36`, "mobile Chrome Android"],
    [
      "Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1",
      "tablet Safari iOS",
    ],
  ])("tells device, browser and system: %s", (userAgent, expected) => {
    const { device, browser, os, bot } = parseUserAgent(userAgent);
    expect(`${device} ${browser} ${os}`).toBe(expected);
    expect(bot).toBeNull();
  });

  it.each([
    ["Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", /googlebot/i],
    ["Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", /bingbot/i],
    ["facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", /facebook/i],
    [`Mozilla/5.0 ${WEBKIT}; compatible; GPTBot/1.2; +https://openai.com/gptbot`, /gptbot/i],
  ])("tells the name of a bot: %s", (userAgent, name) => {
    expect(parseUserAgent(userAgent).bot).toMatch(name);
  });

  it("is a bot if the browser is headless", () => {
    const { bot } = parseUserAgent(`Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} HeadlessChrome/140.0.0.0 Safari/537.36`);
    expect(bot).toMatch(/headless/i);
  });

  it.each([
    "curl/8.9.1",
    "Wget/1.24",
    "node",
    "undici",
    "axios/1.7.2",
    "python-requests/2.32",
    "Go-http-client/2.0",
    "okhttp/4.12",
    "Java/21",
    "PostmanRuntime/7.40",
    "Dart/3.5 (dart:io)",
  ])("is a server and not a bot: %s", (userAgent) => {
    expect(parseUserAgent(userAgent)).toEqual({ device: "server", browser: null, os: null, bot: null });
  });

  it.each([undefined, "", "x", "constructor", "__proto__", "ä😀", "(((((", "Mozilla/5.0"])(
    "may be missing or unknown: %j",
    (userAgent) => {
      const { device, browser } = parseUserAgent(userAgent);
      expect(device).toBe("unknown");
      expect(typeof browser === "string" || browser === null).toBe(true);
    },
  );

  it("is parsed in bounded time, however long it is", () => {
    const started = performance.now();
    for (const part of ["a", "(", "Mozilla/5.0 (", "Version/1 ", "bot", " \t"]) {
      const { device, browser, os, bot } = parseUserAgent(part.repeat(10_240 / part.length));
      for (const part of [device, browser, os, bot]) expect(part?.length ?? 0).toBeLessThanOrEqual(512);
    }
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it("gives the same result from the cache", () => {
    const userAgent = `Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} Chrome/139.0 Safari/537.36`;
    expect(parseUserAgent(userAgent)).toEqual(parseUserAgent(userAgent));
  });
});

const TODAY = Buffer.alloc(32, 1);
const TOMORROW = Buffer.alloc(32, 2);

describe("a visitor without an id", () => {
  const visitor = ({ salt = TODAY, site = "shop", address = "203.0.113.9", userAgent = "Firefox" } = {}) =>
    visitorHash(salt, site, address, userAgent);

  it("is the same for the same day, site, address and user agent", () => {
    expect(visitor()).toBe(visitor());
  });

  it.each<[Parameters<typeof visitor>[0], string]>([
    [{ salt: TOMORROW }, "another day"],
    [{ site: "other" }, "another site"],
    [{ address: "203.0.113.10" }, "another address"],
    [{ userAgent: "Chrome" }, "another user agent"],
    [{ userAgent: "" }, "no user agent"],
    [{ address: "" }, "no address"],
  ])("is another one with %j: %s", (change) => {
    expect(visitor(change)).not.toBe(visitor());
  });

  it("is another one if the same characters are split differently", () => {
    expect(visitor({ site: "a", address: "bc" })).not.toBe(visitor({ site: "ab", address: "c" }));
    expect(visitor({ site: 'a","b', address: "c" })).not.toBe(visitor({ site: "a", address: 'b","c' }));
  });

  it.each([
    "2001:db8:0:42::1",
    "2001:db8:0:42:0:0:0:1",
    "2001:0db8:0000:0042:0000:0000:0000:0001",
    "2001:DB8:0:42::1",
    "2001:db8:0:42:ffff:ffff:ffff:ffff",
    "2001:db8:0:42::1%eth0",
    "2001:db8::42:1:2:3:4",
  ])("is the household behind an IPv6 address in any spelling: %s", (address) => {
    expect(visitor({ address })).toBe(visitor({ address: "2001:db8:0:42:a:b:c:d" }));
  });

  it.each(["2001:db8:0:43::1", "2001:db8::1", "::1", "42::", "fe80::1"])("is another one for %s", (address) => {
    expect(visitor({ address })).not.toBe(visitor({ address: "2001:db8:0:42::1" }));
  });

  it.each([
    ["::", "0:0:0:0::1"],
    ["1::", "0001:0:0:0:9:9:9:9"],
    ["::5:6:7:8", "0:0:0:0:1:2:3:4"],
    ["1:2:3::", "1:2:3:0::"],
  ])("is the same for %s and %s", (one, other) => {
    expect(visitor({ address: one })).toBe(visitor({ address: other }));
  });

  it("is the same for any spelling of an IPv4 address by a proxy", () => {
    expect(visitor({ address: "::ffff:203.0.113.9" })).toBe(visitor({ address: "203.0.113.9" }));
    expect(visitor({ address: "::ffff:203.0.113.9" })).not.toBe(visitor({ address: "::ffff:203.0.113.10" }));
    expect(visitor({ address: "::ffff:cb00:7109" })).not.toBe(visitor({ address: "::ffff:cb00:710a" }));
  });

  it("does not reveal the address or the user agent", () => {
    expect(visitor()).toMatch(/^[\w-]{22}$/);
    const bytes = Buffer.from(visitor(), "base64url");
    expect(bytes.includes(Buffer.from([203, 0, 113, 9]))).toBe(false);
    expect(bytes.toString("latin1")).not.toContain("203.0.113.9");
  });
});

describe("the address of a request", () => {
  const addressWith = (headers: Record<string, string>) =>
    addressOf(new Request("https://taktwerk.example", { headers }));

  it.each([
    [{ "x-real-ip": " 203.0.113.9 " }, "203.0.113.9"],
    [{ "x-real-ip": "203.0.113.9", "x-forwarded-for": "198.51.100.7" }, "203.0.113.9"],
    [{ "x-forwarded-for": "203.0.113.9", forwarded: "for=203.0.113.9", "x-vercel-forwarded-for": "203.0.113.9" }, ""],
    [{}, ""],
  ])("with the headers %j is %j", (headers, address) => {
    expect(addressWith(headers as Record<string, string>)).toBe(address);
  });
});
