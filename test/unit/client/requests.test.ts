import { describe, expect, it } from "vitest";
import { createClient } from "../../../web/client/client.ts";
import { answering, json } from "./answering.ts";

const ID = "00000000-0000-4000-8000-000000000001";

describe("a request of the client", () => {
  it("puts fields into the path, the query, headers and the body", async () => {
    const { fetch, requests } = answering(() => json({}));
    const client = createClient({ baseUrl: "https://club.example/", fetch });
    await client.listSlots({ serviceId: "a b&c", from: undefined, limit: 5 });
    await client.moveBooking({ id: "a/b", body: { slotId: 7 } }, { token: "secret" });
    await client.createBooking({ idempotencyKey: "a-key-of-my-own-1", body: { slotId: 7, name: "A", email: "a@b.c" } });
    expect(requests).toEqual([
      { url: "https://club.example/api/slots?serviceId=a+b%26c&limit=5", method: "GET", headers: {} },
      {
        url: "https://club.example/api/bookings/a%2Fb/reschedule",
        method: "POST",
        headers: { Authorization: "Bearer secret", "Content-Type": "application/json" },
        body: '{"slotId":7}',
      },
      {
        url: "https://club.example/api/bookings",
        method: "POST",
        headers: { "Idempotency-Key": "a-key-of-my-own-1", "Content-Type": "application/json" },
        body: '{"slotId":7,"name":"A","email":"a@b.c"}',
      },
    ]);
  });

  it("has the client's token where one is required, and the call's token instead of it", async () => {
    const { fetch, requests } = answering(() => json({}));
    let token: string | undefined = "first";
    const client = createClient({ token: async () => token, fetch });
    await client.getBooking({ id: ID });
    token = "second";
    await client.getBooking({ id: ID });
    await client.getBooking({ id: ID }, { token: "third" });
    token = undefined;
    await client.getBooking({ id: ID });
    await createClient({ token: "fixed", fetch }).getBooking({ id: ID });
    await createClient({ token: "fixed", fetch }).listServices();
    expect(requests.map(({ headers }) => headers.Authorization)).toEqual([
      "Bearer first",
      "Bearer second",
      "Bearer third",
      undefined,
      "Bearer fixed",
      undefined,
    ]);
  });

  it.each(["", "a b", "schlüssel", "a\nb"])(
    "is not sent with the token %j, which no header can hold",
    async (token) => {
      const { fetch, requests } = answering(() => json({}));
      const call = createClient({ token, fetch }).getBooking({ id: ID });
      await expect(call).rejects.toMatchObject({ name: "ApiError", status: 401, code: "unauthorized" });
      expect(requests).toEqual([]);
    },
  );

  it.each(["", ".", ".."])("is not sent with the id %j, which would name another path", async (id) => {
    const { fetch, requests } = answering(() => json({}));
    await expect(createClient({ fetch }).getBooking({ id })).rejects.toThrow(TypeError);
    expect(requests).toEqual([]);
  });
});
