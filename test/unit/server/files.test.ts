import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Handler } from "../../../lib/http/handler.ts";
import { filesIn } from "../../../lib/server/files.ts";
import { type Listening, listen } from "../../../lib/server/listen.ts";
import { pagePaths } from "../../../lib/server/page-paths.ts";
import { asPlatform, withHeaders } from "../../../lib/server/platform-headers.ts";
import { exchange } from "../../support/http/raw-http.ts";

const SCRIPT = `export const words = ${JSON.stringify("a word and another one ".repeat(200))};\n`;

/** Longer than a name may be. */
const LONG = `/${"x".repeat(300)}`;

describe("files that are served", () => {
  const root = mkdtempSync(join(tmpdir(), "taktwerk-files-"));
  const folder = join(root, "public");
  let server: Listening;
  beforeAll(async () => {
    const files: Record<string, string> = {
      "index.html": "<!doctype html><title>ä</title>",
      "style.css": "p { color: red }",
      "big.js": SCRIPT,
      "assets/app-ABCD1234.js": SCRIPT,
      "assets/name with blanks.js": "1",
      "tracker.js": SCRIPT,
      "tracker.mjs": SCRIPT,
      "tracker.d.ts": "export {};",
      "tracker.d.mts": "export {};",
      "client.js": SCRIPT,
      "client.d.ts": "export {};",
      "api/openapi.json": JSON.stringify({ openapi: "3.1.0", info: SCRIPT }),
      ".env": "SECRET=1",
      ".well-known/x": "1",
      "sub/.git/config": "1",
    };
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(join(folder, name, ".."), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    writeFileSync(join(root, "outside.js"), "1");
    server = await listen("127.0.0.1", 0, asPlatform(), { before: [pagePaths, filesIn(folder)] });
  });
  afterAll(async () => {
    await server.close();
    rmSync(root, { recursive: true });
  });
  /** As it is written, without what a client makes of a path or of an encoded body. */
  const ask = async (path: string, headers: readonly string[] = [], method = "GET") => {
    const lines = [`${method} ${path} HTTP/1.1`, "Host: any", "Connection: close", ...headers];
    const answer = await exchange(server.url, `${lines.join("\r\n")}\r\n\r\n`);
    const [head = "", body = ""] = answer.split(/\r\n\r\n(.*)/s);
    const [first = "", ...rest] = head.split("\r\n");
    const named = rest.map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]);
    return { status: Number(first.split(" ")[1]), headers: new Headers(named), body };
  };

  it("have the type of their name, a weak ETag, and are asked for anew each time unless vercel.json says otherwise", async () => {
    const types = { "/": "text/html", "/style.css": "text/css", "/big.js": "text/javascript" };
    for (const [path, type] of Object.entries(types)) {
      const { status, headers } = await ask(path);
      expect([status, headers.get("content-type")]).toEqual([200, `${type}; charset=utf-8`]);
      expect(headers.get("etag")).toMatch(/^W\/"[^"]+"$/);
      expect(headers.get("cache-control")).toBe("public, max-age=0, must-revalidate");
      expect(headers.get("x-frame-options")).toBe("DENY");
      expect(headers.get("access-control-allow-origin")).toBeNull();
    }
  });

  it("show the console under all of its paths, and change nothing under them", async () => {
    const page = (await ask("/")).body;
    for (const path of ["/runs", "/runs/weekly/17?range=7d", "/sign-in"]) {
      const { status, headers, body } = await ask(path);
      expect([status, body]).toEqual([200, page]);
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    }
    expect((await ask("/runs", ["Content-Length: 0"], "POST")).status).toBe(404);
  });

  it("are cached for good if their name has a hash", async () => {
    const { headers } = await ask("/assets/app-ABCD1234.js");
    expect(headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  });

  it.each(["/tracker.js", "/tracker.mjs", "/tracker.d.ts", "/tracker.d.mts", "/client.js", "/client.d.ts"])(
    "let any page load %s",
    async (path) => {
      const { status, headers } = await ask(path, ["Origin: https://shop.example"]);
      expect(status).toBe(200);
      expect(headers.get("access-control-allow-origin")).toBe("*");
      expect(headers.get("cross-origin-resource-policy")).toBe("cross-origin");
      expect(headers.get("cache-control")).toBe("public, max-age=3600");
      expect(headers.get("content-type")).toBe(`text/${path.includes(".d.") ? "plain" : "javascript"}; charset=utf-8`);
    },
  );

  it("have the API's document among them, for a short while", async () => {
    const { status, headers } = await ask("/api/openapi.json");
    expect([status, headers.get("cache-control")]).toEqual([200, "public, max-age=300"]);
  });

  it("are not sent again to who has them, compressed or not", async () => {
    const etag = (await ask("/big.js")).headers.get("etag") ?? "";
    expect((await ask("/big.js", ["Accept-Encoding: gzip"])).headers.get("etag")).toBe(etag);
    for (const condition of [etag, `"other", ${etag}`, etag.slice(2), "*"]) {
      const { status, headers, body } = await ask("/big.js", [`If-None-Match: ${condition}`, "Accept-Encoding: br"]);
      expect([status, body]).toEqual([304, ""]);
      expect(headers.get("etag")).toBe(etag);
      expect(headers.get("cache-control")).toBe("public, max-age=0, must-revalidate");
    }
    expect((await ask("/big.js", ['If-None-Match: W/"other"'])).status).toBe(200);
  });

  it.each([
    ["br", (body: Buffer) => brotliDecompressSync(body)],
    ["gzip", (body: Buffer) => gunzipSync(body)],
  ])("come as %s where that is taken", async (encoding, decompress) => {
    const response = await fetchRaw("/big.js", encoding);
    expect(response.encoding).toBe(encoding);
    expect(response.vary).toContain("Accept-Encoding");
    expect(response.bytes.length).toBeLessThan(SCRIPT.length / 4);
    expect(decompress(response.bytes).toString()).toBe(SCRIPT);
  });

  it.each(["identity", "gzip;q=0, br;q=0", "zstd", ""])(
    "are sent uncompressed with %j, and if they are small",
    async (accepted) => {
      const { encoding, bytes, vary } = await fetchRaw("/big.js", accepted);
      expect([encoding, bytes.toString()]).toEqual([null, SCRIPT]);
      expect(vary).toContain("Accept-Encoding");
      expect((await fetchRaw("/style.css", "gzip, br")).encoding).toBeNull();
    },
  );

  it("answer HEAD as GET, without the content", async () => {
    const { status, headers, body } = await ask("/big.js", ["Accept-Encoding: gzip"], "HEAD");
    expect([status, headers.get("content-length"), body]).toEqual([200, String(SCRIPT.length), ""]);
  });

  it("are sent whole if a part is requested, because a part of a compressed file is useless", async () => {
    const { status, headers, body } = await ask("/style.css", ["Range: bytes=0-3"]);
    expect([status, body]).toEqual([200, "p { color: red }"]);
    expect(headers.get("accept-ranges")).toBeNull();
  });

  it.each([
    "/nothing.js",
    "/assets",
    "/assets/",
    "/sub/",
    "/BIG.js",
    "/big.js/",
    "/big",
    "/.env",
    "/%2eenv",
    "/.well-known/x",
    "/sub/.git/config",
    "/../outside.js",
    "/%2e%2e/outside.js",
    "/..%2foutside.js",
    "/assets/..%2f..%2foutside.js",
    "/assets/%2e%2e%2f%2e%2e%2foutside.js",
    "/big.js%00",
    "/%00",
    "/%zz",
    "/%",
    "//big.js.example/%2e%2e",
    LONG,
  ])("are not there at %s, which is answered as every unknown path is", async (path) => {
    const { status, headers, body } = await ask(path);
    expect(status).toBe(404);
    expect(JSON.parse(body)).toMatchObject({ status: "error", error: { code: "not-found" } });
    expect(headers.get("x-frame-options")).toBe("DENY");
  });

  it("have names with encoded characters, and none that only a link leads to outside by its path", async () => {
    expect((await ask("/assets/name%20with%20blanks.js")).status).toBe(200);
    symlinkSync(join(root, "outside.js"), join(folder, "linked.js"));
    expect((await ask("/linked.js")).status).toBe(200); // who can link in there may
  });

  it("take no POST", async () => {
    expect((await ask("/style.css", ["Content-Length: 0"], "POST")).status).toBe(404);
  });

  async function fetchRaw(path: string, accepted: string) {
    const { request } = await import("node:http");
    const headers = accepted === "" ? {} : { "accept-encoding": accepted };
    return new Promise<{ encoding: string | null; vary: string; bytes: Buffer }>((resolve, reject) => {
      request(`${server.url}${path}`, { headers }, async (response) => {
        const bytes = Buffer.concat(await response.toArray());
        const { "content-encoding": encoding = null, vary = "" } = response.headers;
        resolve({ encoding, vary, bytes });
      })
        .on("error", reject)
        .end();
    });
  }
});

describe("answers of functions", () => {
  let server: Listening;
  beforeAll(async () => {
    const long = { status: "ok", words: SCRIPT };
    const handler: Handler = async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === "/short") return Response.json({ status: "ok" });
      if (pathname === "/png") return new Response(SCRIPT, { headers: { "Content-Type": "image/png" } });
      if (pathname === "/stream")
        return new Response(ReadableStream.from(pieces()), { headers: { "Content-Type": "text/plain" } });
      if (pathname === "/tagged" && request.headers.get("if-none-match") === 'W/"1"')
        return new Response(null, { status: 304 });
      return Response.json(long, { headers: { ETag: 'W/"1"', Vary: "Origin" } });
    };
    server = await listen("127.0.0.1", 0, withHeaders(handler));
  });
  afterAll(() => server.close());
  async function* pieces() {
    for (let n = 0; n < 20; n += 1) yield new TextEncoder().encode(`${n} ${"x".repeat(500)}\n`);
  }
  const ask = (path: string, init: RequestInit = {}) => fetch(`${server.url}${path}`, init);

  it("are compressed from 1 KB on, by their type, and stay what they are", async () => {
    const response = await ask("/long");
    expect(response.headers.get("content-encoding")).toBe("gzip");
    expect(response.headers.get("vary")).toBe("Origin, Accept-Encoding");
    expect(response.headers.get("etag")).toBe('W/"1"');
    expect(await response.json()).toEqual({ status: "ok", words: SCRIPT });
    for (const path of ["/short", "/png"]) expect((await ask(path)).headers.get("content-encoding")).toBeNull();
  });

  it("are known by the same ETag", async () => {
    const response = await ask("/tagged", { headers: { "if-none-match": 'W/"1"' } });
    expect([response.status, await response.text()]).toEqual([304, ""]);
  });

  it("are streamed if they are produced in pieces, without losing any", async () => {
    const text = await (await ask("/stream")).text();
    expect(text.split("\n").map((line) => line.split(" ")[0])).toEqual([
      ...Array.from({ length: 20 }, (_, n) => String(n)),
      "",
    ]);
  });
});
