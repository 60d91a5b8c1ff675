import { beforeEach, describe, expect, it } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { GET, HEAD, OPTIONS, POST } from "../../support/http/api.ts";
import { SETTINGS } from "../../support/http/requests.ts";
import { addProvider, addService } from "../../worlds/slots.ts";

const FRONTEND = "https://www.club.example";
const SERVICES = "https://taktwerk.example/api/services";

let db: Db;
ownDatabase(
  (own) => {
    db = own;
  },
  { ...SETTINGS, ALLOWED_ORIGINS: FRONTEND },
);

const request = (headers: Record<string, string> = {}, url = SERVICES) => new Request(url, { headers });

beforeEach(async () => {
  await addProvider(db);
  await addService(db);
});

describe("an answer that a client may keep", () => {
  it("is sent again only after it has changed", async () => {
    const first = await GET(request());
    const etag = first.headers.get("etag") ?? "";
    expect([first.status, etag, first.headers.get("cache-control")]).toEqual([
      200,
      expect.stringMatching(/^W\/".+"$/),
      "private, no-cache",
    ]);
    const again = await GET(request({ "if-none-match": etag }));
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
    expect(again.headers.get("x-request-id")).toBeTruthy();
    await addService(db, { id: "yoga", name: "Yoga" });
    expect((await GET(request({ "if-none-match": etag }))).status).toBe(200);
  });

  it("lets a page of another origin ask whether it has changed", async () => {
    const { headers } = await GET(request({ origin: FRONTEND }));
    const kept = await GET(request({ origin: FRONTEND, "if-none-match": headers.get("etag") ?? "" }));
    expect([kept.status, kept.headers.get("access-control-allow-origin")]).toEqual([304, FRONTEND]);
    const preflight = await OPTIONS(new Request(SERVICES, { method: "OPTIONS", headers: { origin: FRONTEND } }));
    expect(preflight.headers.get("access-control-allow-headers")).toContain("if-none-match");
  });
});

describe("HEAD", () => {
  it("has the status and headers of GET, without the body", async () => {
    const get = await GET(request());
    const head = await HEAD(request());
    expect([head.status, await head.text()]).toEqual([200, ""]);
    for (const name of ["content-type", "etag", "cache-control"]) {
      expect(head.headers.get(name)).toBe(get.headers.get(name));
    }
  });

  it("is refused where there is no GET", async () => {
    const head = await HEAD(request({}, "https://taktwerk.example/api/bookings"));
    expect([head.status, head.headers.get("allow")]).toEqual([405, "POST"]);
  });
});

describe("every answer", () => {
  it("lets pages on allowed origins read its id, limits and wait", async () => {
    const { headers } = await GET(request({ origin: FRONTEND, "x-real-ip": "203.0.113.7" }));
    const readable = headers.get("access-control-expose-headers") ?? "";
    for (const name of ["x-request-id", "retry-after", "ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"]) {
      expect(readable).toContain(name);
    }
    expect(headers.get("x-request-id")).toBeTruthy();
    expect(headers.get("ratelimit-limit")).toBeTruthy();
  });

  it("is the same with a slash at the end of the path", async () => {
    const plain = await GET(request());
    const slash = await GET(request({}, `${SERVICES}/`));
    expect([slash.status, await slash.json()]).toEqual([200, await plain.json()]);
  });

  it.each(["/api", "/api/nothing", "/wp-login.php", "/api/bookings/7/nothing"])(
    "is an error in the shape of all errors at %s",
    async (path) => {
      const response = await POST(new Request(`https://taktwerk.example${path}`, { method: "POST" }));
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({
        status: "error",
        error: { code: "not-found", requestId: response.headers.get("x-request-id") },
      });
    },
  );
});
