import { globSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve } from "../../../dev/server.ts";
import { configure } from "../../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../../lib/db/client.ts";
import { unsubscribePage } from "../../../lib/mail/unsubscribe/pages.ts";
import { freshPostgres } from "../../support/database/databases.ts";
import { ADMIN_TOKEN, SETTINGS } from "../../support/http/requests.ts";
import { signedUnsubscribeUrl } from "../../support/mail/unsubscribe-url.ts";

/** What of a page would run or style without a file of ours behind it: the policy forbids it, so no page may need it. */
const INLINE = {
  "a script without a file": /<script(?![^>]*\bsrc=)[^>]*>/i,
  "a script with content": /<script[^>]*>\s*[^\s<]/i,
  "a style element": /<style\b/i,
  "a style attribute": /<[^>]+\sstyle\s*=/i,
  "an event handler": /<[^>]+\son[a-z]+\s*=/i,
  "a javascript: address": /javascript:/i,
  "something from elsewhere": /<(script|link|img|iframe|form)\b[^>]*\b(src|href|action)="(https?:)?\/\//i,
};

const faultsOf = (html: string): string[] =>
  Object.entries(INLINE).flatMap(([fault, pattern]) => (pattern.test(html) ? [fault] : []));

/** A policy by its directives. */
const directives = (policy: string | null) =>
  new Map((policy ?? "").split(";").map((part) => [part.trim().split(" ")[0] ?? "", part.trim().split(" ").slice(1)]));

describe("what is served", () => {
  let served: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    useConnection(await freshPostgres());
    configure(SETTINGS);
    served = await serve(0);
  });
  afterAll(async () => {
    await served.close();
    await closeDatabase();
  });

  const pages = globSync("web/pages/*.html").map((file) => file.replace(/^web\/pages/, ""));
  const signed = signedUnsubscribeUrl("", SETTINGS.EMAIL_PREFERENCES_SECRET ?? "", "ada", new Date());
  const paths = [
    "/",
    ...pages,
    "/style.css",
    "/tracker.js",
    "/client.js",
    "/client.d.ts",
    "/no/such/page",
    "/../package.json",
    "/api/health",
    "/api/admin/monitoring",
    "/api/slots?providerId=nobody",
    "/api/no-such-function",
    "/api/v1/track/dashboard",
    "/api/events/weekly",
    signed,
    "/api/events/emails/unsubscribe",
  ];

  it.each(paths)("has the headers that keep a browser in bounds: %s", async (path) => {
    const { headers } = await fetch(served.url + path);
    expect(Object.fromEntries(headers)).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "permissions-policy": expect.stringContaining("camera=()"),
      "strict-transport-security": expect.stringMatching(/^max-age=\d{8}/),
    });
    const policy = directives(headers.get("content-security-policy"));
    expect(policy.get("default-src")).toEqual(["'none'"]);
    expect(policy.get("base-uri")).toEqual(["'none'"]);
    expect(policy.get("frame-ancestors")).toEqual(["'none'"]);
    expect(policy.has("form-action")).toBe(true);
    const sources = [...policy.values()].flat();
    expect(sources.filter((source) => !["'none'", "'self'", "data:"].includes(source))).toEqual([]);
    expect(policy.get("script-src") ?? ["'none'"]).not.toContain("data:");
    if (path.startsWith("/api/")) expect(headers.get("cache-control")).toMatch(/^no-store$|^private, no-cache$/);
    expect(headers.get("x-powered-by")).toBeNull();
  });

  it("also has them on answers to the operator, and on a preflight", async () => {
    const answer = await fetch(`${served.url}/api/admin/runs`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
    expect(answer.status).toBe(200);
    const preflight = await fetch(`${served.url}/api/admin/runs`, { method: "OPTIONS" });
    for (const { headers } of [answer, preflight]) {
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("access-control-allow-origin")).toBeNull();
    }
  });

  it.each(["/", ...pages, signed, "/api/events/emails/unsubscribe"])(
    "has no script and no style inside %s",
    async (path) => {
      const html = await (await fetch(served.url + path)).text();
      expect(html).toMatch(/^<!doctype html>/i);
      expect(faultsOf(html)).toEqual([]);
    },
  );

  it("has none in any of the unsubscribe pages either", () => {
    for (const page of ["question", "done", "bad-link", "not-configured", "unavailable"] as const) {
      for (const language of ["de", "en"] as const) expect(faultsOf(unsubscribePage(page, language))).toEqual([]);
    }
  });

  it("would notice if there were", () => {
    expect(faultsOf(`<script>1</script><style></style><p style="x" onclick="y"><a href="javascript:z">`)).toHaveLength(
      6,
    );
    expect(faultsOf(`<script type="module" src="/a.js"></script><link rel="icon" href="data:," />`)).toEqual([]);
  });

  it("runs no text as code in the scripts of its pages", () => {
    for (const file of globSync("web/**/*.{js,ts,tsx}")) {
      expect(readFileSync(file, "utf8"), file).not.toMatch(
        /\beval\(|new Function\(|document\.write|\.(inner|outer)HTML\s*=/,
      );
    }
  });
});
