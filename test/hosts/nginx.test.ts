import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addressOf } from "../../lib/http/address.ts";
import { type Listening, listen } from "../../lib/serve/listen.ts";
import { handbookLocation, type Nginx, startNginx } from "../support/nginx.ts";

/** Debian's nginx before the server: who called is who called nginx, whatever a caller writes into headers. */

const CALLERS = ["203.0.113.7", "2001:db8::7"];
const FORGED = [
  "X-Forwarded-For: 198.51.100.9",
  "X-Forwarded-For: 10.0.0.1, 127.0.0.1",
  "X-Real-IP: 198.51.100.9",
  "Forwarded: for=198.51.100.9",
  "X-Vercel-Forwarded-For: 198.51.100.9",
];

describe("behind nginx", () => {
  let server: Listening;
  const running: Nginx[] = [];
  beforeAll(async () => {
    server = await listen("127.0.0.1", 0, async (request) => new Response(addressOf(request)));
  });
  afterAll(async () => {
    for (const one of running) await one.close();
    await server.close();
  });
  const start = async (location: string) => {
    const nginx = await startNginx(location);
    running.push(nginx);
    return nginx;
  };
  /** For proxies on `127.0.0.2`, which speak to each other without the PROXY protocol. */
  const inner = ({ url }: Nginx) => url.replace("127.0.0.1", "127.0.0.2");
  const expectCallers = async (nginx: Nginx) => {
    for (const caller of CALLERS) {
      expect(await nginx.bodyFrom(caller, "/")).toBe(caller);
      expect(await nginx.bodyFrom(caller, "/", FORGED)).toBe(caller);
    }
  };
  const appending = (upstream: string) =>
    `proxy_pass ${upstream}; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;`;

  it("as the handbook has it, rate limits go by who called", async () => {
    await expectCallers(await start(handbookLocation(server.url)));
  });

  it("that appends to X-Forwarded-For and passes X-Real-IP through, too", async () => {
    await expectCallers(await start(appending(server.url)));
  });

  it.each([
    ["appending as well", appending],
    ["as the handbook has it for one", handbookLocation],
  ])("and before it another nginx, %s", async (_, outer) => {
    const second = await start(appending(server.url));
    await expectCallers(await start(outer(inner(second))));
  });
});
