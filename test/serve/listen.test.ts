import { afterEach, describe, expect, it } from "vitest";
import { addressOf } from "../../lib/http/address.ts";
import { inNetworks, isNetwork } from "../../lib/networks.ts";
import { type Listening, listen } from "../../lib/serve/listen.ts";

describe("a server's word on where a request comes from", () => {
  let server: Listening | undefined;
  afterEach(() => server?.close());
  const open = async () => {
    server = await listen("127.0.0.1", 0, async (request) => new Response(addressOf(request)));
    return server.url;
  };

  it("is the address itself where no proxy says another", async () => {
    expect(await (await fetch(await open())).text()).toBe("127.0.0.1");
  });

  it.each(["x-real-ip", "x-forwarded-for"])("is what a proxy on this machine says in %s", async (header) => {
    const answer = await fetch(await open(), { headers: { [header]: "203.0.113.7" } });
    expect(await answer.text()).toBe("203.0.113.7");
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
