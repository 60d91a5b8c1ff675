import { globSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { headersFor } from "../../lib/server/headers.ts";
import { builtDocument, builtFunctions, OUTPUT } from "../support/built/built-functions.ts";

interface Route {
  src?: string;
  dest?: string;
  headers?: Record<string, string>;
  continue?: boolean;
  handle?: string;
}

const config = JSON.parse(readFileSync(join(OUTPUT, "config.json"), "utf8")) as { routes: Route[] };
const STATIC = join(OUTPUT, "static");
const files = globSync("**/*", { cwd: STATIC, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name).slice(STATIC.length));
const paths = Object.keys(builtDocument().paths);

/** The headers that the platform adds to a path: of every route that goes on and comes before anything is looked for. */
function headersOf(path: string): Record<string, string> {
  const first = config.routes.findIndex(({ handle }) => handle !== undefined);
  const before = config.routes.slice(0, first < 0 ? undefined : first);
  const all = before.filter(({ src, headers }) => headers !== undefined && new RegExp(src ?? "^$").test(path));
  expect(all.every((route) => route.continue)).toBe(true);
  const entries = all.flatMap(({ headers }) => Object.entries(headers ?? {}));
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value]));
}

describe("the platform's build", () => {
  it("has the headers that keep a browser in bounds on every path there is, and on those there are not", () => {
    const asked = ["/", ...files, ...paths.map((path) => path.replaceAll(/\{\w+\}/g, "7")), "/no/such", "/api/no-such"];
    for (const path of asked) {
      const headers = headersOf(path);
      expect(headers, path).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "permissions-policy": expect.stringContaining("camera=()"),
        "strict-transport-security": expect.stringMatching(/^max-age=\d{8}/),
        "content-security-policy": expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
      });
      expect(headers["content-security-policy"], path).not.toMatch(/unsafe-|\*|https?:/);
    }
  });

  it("has the same headers as npm run serve on every path there is", () => {
    for (const path of ["/", ...files, ...paths, "/no/such", "/api", "/api/", "/trackerxjs", "/tracker.jsx", "/a/b"]) {
      const served = Object.entries(headersFor(path)).map(([name, value]) => [name.toLowerCase(), value]);
      expect(headersOf(path), path).toEqual(Object.fromEntries(served));
    }
  });

  it("lets browsers keep what has a hash in its name, and other origins load the tracker, the client and nothing else", () => {
    for (const path of files) {
      const { "cache-control": cached, ...headers } = headersOf(path);
      expect(cached?.includes("immutable") ?? false, path).toBe(
        /^\/assets\/[\w-]+-[A-Z0-9]{8}\.(js|css|woff2)$/.test(path),
      );
      const isShared = /^\/(tracker|client)\.(js|mjs|d\.ts|d\.mts)$/.test(path);
      expect(headers["access-control-allow-origin"], path).toBe(isShared ? "*" : undefined);
      expect(headers["cross-origin-resource-policy"], path).toBe(isShared ? "cross-origin" : undefined);
    }
  });

  it("serves no source, no map, no setting and nothing that is hidden", () => {
    expect(files.length).toBeGreaterThan(5);
    // The API's document is a file where its functions are.
    for (const file of files.filter((one) => one !== "/api/openapi.json")) {
      expect([".html", ".css", ".js", ".mjs", ".ts", ".mts", ".svg", ".png", ".ico", ".txt", ".woff2"], file).toContain(
        extname(file),
      );
      // Declarations of the client and the tracker are for who builds with it; everything else in TypeScript is source.
      if (/\.m?ts$/.test(file)) expect(file).toMatch(/^\/(client|tracker)\.d\.m?ts$/);
      expect(file).not.toMatch(
        /\.map$|\/\.|\.env|drizzle|\/(lib|api|test|bench|scripts|dist|node_modules|docs)\/|package|tsconfig/,
      );
    }
  });

  it("serves no file with a secret, a path of this machine or a reference to a map", () => {
    for (const file of files) {
      const text = readFileSync(join(STATIC, file), "utf8");
      // Names of settings are no secret: the page of the API says which one opens what.
      expect(text, file).not.toMatch(/sourceMappingURL|process\.env|postgres(ql)?:\/\/|-----BEGIN|_SECRET\s*=\s*\S/);
      expect(text, file).not.toContain(process.cwd());
    }
  });

  it("leads no path of the project to a file or past the functions", () => {
    const hidden = [
      "/lib/config/config.ts",
      "/drizzle/0000_foundation.sql",
      "/.env",
      "/.env.example",
      "/package.json",
      "/vercel.json",
    ];
    const all = [
      ...hidden,
      "/api/health.ts",
      "/dist/config/config.js",
      "/.git/config",
      "/web/tracker/tracker.ts",
      "/node_modules/zod/package.json",
    ];
    expect(files.filter((file) => all.includes(file))).toEqual([]);
    // Until a file is looked for, no route leads anywhere.
    const first = config.routes.findIndex(({ handle }) => handle === "filesystem");
    for (const route of config.routes.slice(0, first)) {
      expect(all.filter((path) => route.dest !== undefined && new RegExp(route.src ?? "^$").test(path))).toEqual([]);
    }
  });

  it("ships no function with a setting or a key in it", () => {
    const shipped = globSync("functions/**/*", { cwd: OUTPUT });
    expect(shipped.filter((name) => /(^|\/)\.env|\.pem$|\.git(\/|$)/.test(name))).toEqual([]);
    for (const { config: function_ } of builtFunctions()) {
      expect(Object.keys((function_ as { environment?: object }).environment ?? {})).toEqual([]);
    }
  });
});
