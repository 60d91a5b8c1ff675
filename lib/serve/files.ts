import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { Handler } from "../http/respond.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".ts": "text/plain; charset=utf-8",
  ".mts": "text/plain; charset=utf-8",
};

/** What a file's name says about its content. */
export const typeOf = (name: string): string => TYPES[extname(name)] ?? "application/octet-stream";

/** Files of one directory and those below it; names that could lead out of it name nothing. */
export function filesIn(directory: string): Handler {
  return async (request) => {
    if (request.method !== "GET" && request.method !== "HEAD") return new Response(null, { status: 405 });
    const { pathname } = new URL(request.url);
    const name = pathname === "/" ? "/index.html" : pathname;
    const content = /^(\/[\w-][\w.-]*)+$/.test(name) ? await contentOf(join(directory, name)) : undefined;
    if (content === undefined) return new Response("not found\n", { status: 404 });
    const etag = `"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`;
    const headers = { "Content-Type": typeOf(name), "Cache-Control": "public, max-age=0, must-revalidate", ETag: etag };
    if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
    return new Response(request.method === "HEAD" ? null : content, { headers });
  };
}

const ABSENT = new Set(["ENOENT", "EISDIR", "ENOTDIR"]);

async function contentOf(file: string): Promise<Buffer<ArrayBuffer> | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && ABSENT.has(String(error.code))) return undefined;
    throw error;
  }
}
