import { describe, expect, it } from "vitest";
import { ApiError, createClient } from "../../../web/client/client.ts";
import { answering, failure, json } from "./answering.ts";

describe("an answer to the client", () => {
  it("is the JSON of a success", async () => {
    const { fetch } = answering(() => json({ items: [], nextCursor: null }));
    await expect(createClient({ fetch }).listServices()).resolves.toEqual({ items: [], nextCursor: null });
  });

  it("of an error is thrown with everything that the API says", async () => {
    const detail = { field: "from", expected: "a date", got: '"x"' };
    const { fetch } = answering(() => failure(400, { code: "invalid-parameter", ...detail }));
    const error = await createClient({ fetch })
      .listSlots({ from: "x" })
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      status: 400,
      code: "invalid-parameter",
      message: "A sentence.",
      requestId: "r-1",
      ...detail,
    });
  });

  it("of another server is unreadable, whatever its status", async () => {
    for (const status of [200, 403, 500]) {
      const headers = { "X-Request-Id": "r-2", "Content-Type": "text/html" };
      const { fetch } = answering(() => new Response("<h1>Sign in</h1>", { status, headers }));
      const call = createClient({ fetch }).listServices();
      await expect(call).rejects.toMatchObject({ status, code: "unreadable", requestId: "r-2" });
    }
  });

  it("that never comes is unreachable, with the network's error as the cause", async () => {
    const cause = new TypeError("fetch failed");
    const { fetch } = answering(() => Promise.reject(cause));
    const call = createClient({ fetch, retries: 0 }).listServices();
    await expect(call).rejects.toMatchObject({ status: 0, code: "unreachable", cause });
  });
});
