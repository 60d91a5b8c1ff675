import { beforeAll, describe, expect, it } from "vitest";
import { JOBS } from "../../lib/app/registry.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { builtDocument, builtFunctions } from "../support/built/built-functions.ts";
import { callBuilt } from "../support/built/call-built.ts";
import { platformFunctionFor } from "../support/built/platform-router.ts";
import { createDatabase } from "../support/database/databases.ts";
import { ADMIN_TOKEN } from "../support/http/requests.ts";
import { addRoutedSites, headersOf, ROUTED, wordsOf } from "../support/http/routes-table.ts";

const jobs = Object.values(JOBS).map(({ path }) => path);

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
        method: routed.method,
        url: `https://taktwerk.example${asked.pathname}${query && `?${query}`}`,
        headers: headersOf(routed),
        body: routed.json === undefined ? undefined : JSON.stringify(routed.json),
      };
      const env = { DATABASE_URL: url, ADMIN_TOKEN, RATE_LIMIT_WRITES: "0" };
      const { status, text } = await callBuilt(built?.handler ?? "missing", request, env);
      expect(wordsOf(status, text)).toBe(answer);
    },
  );

  it.each(Object.keys(builtDocument().paths))(
    "leads %s to its job, or else to the app, with a slash at its end too",
    (path) => {
      const asked = path.replaceAll(/\{\w+\}/g, "a.b%3Ac");
      const expected = jobs.includes(path) ? path : "/api";
      expect(platformFunctionFor(asked)?.function).toBe(expected);
      expect(platformFunctionFor(`${asked}/`)?.function).toBe(expected);
    },
  );
});
