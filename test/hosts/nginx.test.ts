import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addressOf } from "../../lib/http/client-address.ts";
import { filesIn } from "../../lib/server/files.ts";
import { type Listening, listen } from "../../lib/server/listen.ts";
import { handbookLocation, type Nginx, startNginx } from "../servers/nginx.ts";

/** Debian's nginx in front of the server: the caller is who called nginx, and headers cannot change that. */

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
    await expectCallers(await start(outer(second.plainUrl)));
  });
});

describe("files and answers through the handbook's nginx", () => {
  const folder = mkdtempSync(join(tmpdir(), "taktwerk-public-"));
  const words = `export const words = ${JSON.stringify("a word and another ".repeat(500))};`;
  let server: Listening;
  let nginx: Nginx;
  beforeAll(async () => {
    mkdirSync(join(folder, "assets"));
    writeFileSync(join(folder, "assets/app-ABCD1234.js"), words);
    const answer = async (request: Request) => Response.json({ words, sent: (await request.text()).length });
    server = await listen("127.0.0.1", 0, answer, { before: [filesIn(folder)] });
    nginx = await startNginx(handbookLocation(server.url));
  });
  afterAll(async () => {
    await nginx.close();
    await server.close();
    rmSync(folder, { recursive: true });
  });
  const ask = (path: string, init: RequestInit = {}) => fetch(`${nginx.plainUrl}${path}`, init);

  it("are compressed once, kept, and known by their ETag", async () => {
    const first = await ask("/assets/app-ABCD1234.js", { headers: { "accept-encoding": "br" } });
    expect(first.headers.get("content-encoding")).toBe("br");
    expect(first.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(await first.text()).toBe(words);
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^W\//);
    // As browsers ask, and not as fetch does by itself (no-cache), which wants the file anew.
    const headers = { "if-none-match": etag, "cache-control": "max-age=0" };
    const again = await ask("/assets/app-ABCD1234.js", { headers });
    expect([again.status, (await again.text()).length]).toEqual([304, 0]);
  });

  it("arrive complete with every compression", async () => {
    for (const encoding of ["gzip", "br", "identity"]) {
      const response = await ask("/api/anything", { headers: { "accept-encoding": encoding } });
      expect(await response.json()).toEqual({ words, sent: 0 });
    }
  });

  it("take a body of 4 MB", async () => {
    const response = await ask("/api/anything", { method: "POST", body: "x".repeat(4_000_000) });
    expect(await response.json()).toMatchObject({ sent: 4_000_000 });
  });
});
