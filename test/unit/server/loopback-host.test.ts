import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve } from "../../../dev/server.ts";
import { type Listening, listen } from "../../../lib/server/listen.ts";
import { isLoopbackHost } from "../../../lib/server/loopback-host.ts";
import { asPlatform } from "../../../lib/server/platform-headers.ts";
import { exchange } from "../../support/http/raw-http.ts";

const OURS = [
  "localhost",
  "localhost:3000",
  "LOCALHOST",
  "localhost.",
  "shop.localhost:1",
  "127.0.0.1:3000",
  "127.9.9.9",
  "[::1]",
  "[::1]:80",
];
const OTHERS = [
  "evil.example",
  "evil.example:3000",
  "localhost.evil.example",
  "127.0.0.1.evil.example",
  "notlocalhost",
  "0.0.0.0:3000",
  "192.168.1.7:3000",
  "[::ffff:10.0.0.1]",
  "evil.example#@localhost",
  "localhost/evil.example",
  "user@localhost",
  "",
];

describe("names of this machine", () => {
  it.each(OURS)("are %j", (host) => expect(isLoopbackHost(host)).toBe(true));
  it.each([...OTHERS, undefined])("are not %j", (host) => expect(isLoopbackHost(host)).toBe(false));
});

describe("npm start", () => {
  let local: Listening;
  let open: Listening;
  beforeAll(async () => {
    local = await serve(0);
    open = await listen("127.0.0.1", 0, asPlatform());
  });
  afterAll(() => Promise.all([local.close(), open.close()]));
  const ask = (url: string, path: string, host: string) =>
    exchange(url, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);

  it.each(["/", "/api/nothing", "/dev/mailbox", "/style.css"])(
    "refuses %s under a name that was made to lead here, where a page of it could read the answer",
    async (path) => {
      const answer = await ask(local.url, path, "evil.example:3000");
      expect(answer).toMatch(/^HTTP\/1\.1 403 /);
      expect(JSON.parse(answer.split("\r\n\r\n")[1] ?? "")).toMatchObject({
        status: "error",
        error: { code: "forbidden", message: expect.stringContaining("got evil.example:3000") },
      });
    },
  );

  it("answers under names of this machine, with any port", async () => {
    for (const host of ["localhost:9", "127.0.0.1", "[::1]:3000"]) {
      expect(await ask(local.url, "/style.css", host)).toMatch(/^HTTP\/1\.1 200 /);
    }
  });

  it("is stricter than npm run serve, which answers under any name", async () => {
    expect(await ask(open.url, "/api/nothing", "taktwerk.example")).toMatch(/^HTTP\/1\.1 404 /);
  });
});
