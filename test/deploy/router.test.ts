import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { createDatabase } from "../support/database/databases.ts";
import { builtFunctions } from "../support/http/built-functions.ts";
import { platformFunctionFor } from "../support/http/platform-router.ts";
import { ADMIN_TOKEN } from "../support/http/requests.ts";
import { addRoutedSites, headersOf, ROUTED, wordsOf } from "../support/http/routes-table.ts";

const run = promisify(execFile);

describe("the platform's build", () => {
  let url: string;
  beforeAll(async () => {
    url = await createDatabase();
    const { db, close } = openPostgres(url);
    await addRoutedSites(db);
    await close();
  });

  it.each(ROUTED.map((routed) => [`${routed.method} ${routed.path}`, routed.answer, routed] as const))(
    "answers %s with %s",
    async (_name, answer, routed) => {
      const asked = new URL(routed.path, "https://taktwerk.example");
      const found = platformFunctionFor(asked.pathname);
      const built = builtFunctions().find(({ path }) => path === found?.function);
      // The function sees the path as it was asked for, and the segments in the query.
      const query = [asked.search.slice(1), found?.query].filter(Boolean).join("&");
      const request = {
        handler: built?.handler ?? "missing",
        method: routed.method,
        url: `https://taktwerk.example${asked.pathname}${query && `?${query}`}`,
        headers: headersOf(routed),
        body: routed.json === undefined ? undefined : JSON.stringify(routed.json),
      };
      const env = { DATABASE_URL: url, ADMIN_TOKEN, VERCEL: "1", RATE_LIMIT_WRITES: "0" };
      const script = join(import.meta.dirname, "../support/http/call-built.mjs");
      const { stdout } = await run(process.execPath, [script, JSON.stringify(request)], { env });
      const { status, body } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as { status: number; body: string };
      expect(wordsOf(status, body)).toBe(answer);
    },
  );

  it.each(globSync("api/**/*.ts").map((file) => `/${file.replace(/\.ts$/, "")}`))(
    "leads the path of %s to it, with a slash at its end too",
    (path) => {
      const asked = path.replaceAll(/\[\w+\]/g, "a.b%3Ac");
      expect(platformFunctionFor(asked)?.function).toBe(path);
      expect(platformFunctionFor(`${asked}/`)?.function).toBe(path);
    },
  );
});
