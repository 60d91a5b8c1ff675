import { afterEach, describe, expect, it } from "vitest";
import { addressOf } from "../../../lib/http/client-address.ts";
import { inNetworks, isNetwork } from "../../../lib/network/networks.ts";
import { type Listening, type ListenOptions, listen } from "../../../lib/server/listen.ts";
import { exchange } from "../../support/http/raw-http.ts";

describe("the address of a caller", () => {
  let server: Listening | undefined;
  afterEach(() => server?.close());
  const open = async (options: ListenOptions = {}) => {
    server = await listen("127.0.0.1", 0, async (request) => new Response(seenOf(request)), options);
    return server.url;
  };
  /** The address, and what else of the request names one. */
  const seenOf = (request: Request) => {
    const others = ["x-forwarded-for", "forwarded", "x-vercel-forwarded-for"].map((name) => request.headers.get(name));
    return [addressOf(request), ...others.filter((value) => value !== null)].join(" ");
  };

  it("is the address of the connection if no proxy names another", async () => {
    expect(await (await fetch(await open())).text()).toBe("127.0.0.1");
  });

  it("is the one that a proxy on this machine appends to X-Forwarded-For", async () => {
    const headers = { "x-forwarded-for": "198.51.100.9, 203.0.113.7" };
    expect(await (await fetch(await open(), { headers })).text()).toBe("203.0.113.7");
  });

  it("goes through further proxies that are trusted, and through no others", async () => {
    const headers = { "x-forwarded-for": "203.0.113.7, 10.0.0.5" };
    expect(await (await fetch(await open(), { headers })).text()).toBe("10.0.0.5");
    await server?.close();
    expect(await (await fetch(await open({ proxies: ["10.0.0.0/8"] }), { headers })).text()).toBe("203.0.113.7");
  });

  it.each(["X-Real-IP", "Forwarded", "X-Vercel-Forwarded-For", "x_forwarded_for"])(
    "is nothing that comes in %s, which proxies pass on as callers send it",
    async (name) => {
      const headers = { [name]: name === "Forwarded" ? "for=203.0.113.7" : "203.0.113.7" };
      expect(await (await fetch(await open(), { headers })).text()).toBe("127.0.0.1");
    },
  );

  it("reads several lines of X-Forwarded-For as one", async () => {
    const lines = ["X-Forwarded-For: 198.51.100.9", "X-Real-IP: 198.51.100.9", "x-forwarded-for: 203.0.113.7"];
    const answer = await exchange(
      await open(),
      `GET / HTTP/1.1\r\nHost: any\r\n${lines.join("\r\n")}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/\r\n\r\n203\.0\.113\.7$/);
  });

  it("names the port that is taken", async () => {
    const url = await open();
    const { port } = new URL(url);
    await expect(listen("127.0.0.1", Number(port), async () => new Response())).rejects.toThrow(
      `PORT: expected a free port, got ${port}, which is taken`,
    );
  });
});

describe("networks", () => {
  it.each(["10.0.0.0/8", "10.1.2.3", "::1", "fd00::/8"])("take %s", (text) => expect(isNetwork(text)).toBe(true));
  it.each(["10.0.0.0/33", "10.0.0", "fd00::/129", "a/8", "10.0.0.0/8/8", ""])("refuse %j", (text) =>
    expect(isNetwork(text)).toBe(false),
  );
  it("hold what lies in them, and loopback always", () => {
    const trusted = inNetworks(["10.0.0.0/8", "fd00::/8"]);
    for (const inside of ["127.0.0.1", "::1", "10.255.0.1", "fd12::1"]) expect(trusted(inside)).toBe(true);
    for (const outside of ["11.0.0.1", "203.0.113.7", "2001:db8::1", "", "nonsense"])
      expect(trusted(outside)).toBe(false);
  });
});
