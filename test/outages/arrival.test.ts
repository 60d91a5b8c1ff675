import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { withErrorResponses } from "../../lib/http/app/request-log.ts";
import { jsonBody } from "../../lib/http/body.ts";
import type { Handler } from "../../lib/http/handler.ts";
import { redirectLog } from "../../lib/log.ts";
import { type Listening, listen } from "../../lib/server/listen.ts";
import { connectTo, exchange, untilClosed } from "../support/http/raw-http.ts";

/** As in production, in other units: a request that is not there in time is given up. */
const arrival = { headers: 1_500, request: 3_000, check: 100 };

describe("a request that does not arrive", () => {
  let server: Listening | undefined;
  const logged: string[] = [];
  afterEach(async () => {
    await server?.close();
    redirectLog(() => {});
    logged.length = 0;
  });
  const open = async (handler: Handler) => {
    redirectLog((level, line) => logged.push(`${level} ${line}`));
    server = await listen("127.0.0.1", 0, handler, { arrival });
    return server.url;
  };
  const reading = withErrorResponses(async (request) => Response.json({ got: await jsonBody(request) }));
  const head = (length: number) =>
    `POST / HTTP/1.1\r\nHost: any\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
  const refusal = (code: string) => expect.objectContaining({ error: expect.objectContaining({ code }) });
  const bodyOf = (answer: string) => JSON.parse(answer.split("\r\n\r\n")[1] ?? "");

  it("is ended with 408 for its body, and no error is reported for it", async () => {
    const url = await open(reading);
    const sockets = Array.from({ length: 40 }, () => connectTo(url));
    for (const socket of sockets) socket.write(`${head(1000)}[`);
    const drip = setInterval(() => {
      for (const socket of sockets) if (socket.writable) socket.write("1,");
    }, 20);
    const answers = await Promise.all(sockets.map(untilClosed));
    clearInterval(drip);
    for (const answer of answers) {
      expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
      expect(bodyOf(answer)).toEqual(refusal("request-timeout"));
    }
    expect(logged.filter((line) => line.startsWith("error"))).toEqual([]);
  });

  it.each([
    ["its headers", "GET / HTTP/1.1\r\nHost: any\r\nX-Slow: "],
    ["anything at all", ""],
  ])("is ended for %s", async (_, start) => {
    const socket = connectTo(await open(reading));
    if (start !== "") socket.write(start);
    expect(await untilClosed(socket)).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });

  it("is ended for its body if it was answered before", async () => {
    const url = await open(async () => Response.json({ status: "error" }, { status: 401 }));
    const socket = connectTo(url);
    socket.write(`${head(1000)}[`);
    expect(await untilClosed(socket)).toMatch(/^HTTP\/1\.1 401 /);
  });

  it("is no matter of how long the answer takes", async () => {
    const url = await open(async () => {
      await pause(1.5 * arrival.request);
      return new Response("done");
    });
    expect(await (await fetch(url, { method: "POST", body: "{}" })).text()).toBe("done");
  });

  it.each([
    ["nonsense", "400", "NONSENSE\r\n\r\n", "invalid-parameter"],
    ["no Host", "400", "GET / HTTP/1.1\r\n\r\n", undefined],
    [
      "two lengths",
      "400",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
      "invalid-parameter",
    ],
    [
      "headers beyond 16 KB",
      "431",
      `GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(20_000)}\r\n\r\n`,
      "payload-too-large",
    ],
    ["a Host that is none", "400", "GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n", "invalid-parameter"],
    ["a backslash", "400", "GET /\\x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "invalid-parameter"],
  ])("is refused with %s, in the shape of all errors", async (_, status, request, code) => {
    const answer = await exchange(await open(reading), request);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    if (code !== undefined) expect(bodyOf(answer)).toEqual(refusal(code));
  });
});
