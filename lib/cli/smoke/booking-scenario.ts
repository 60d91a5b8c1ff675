import { randomBytes, randomUUID } from "node:crypto";
import { DAY_MS, HOUR_MS } from "../../time/durations.ts";
import { type Answer, expectAnswer, listIn, type Send, textIn, Unexpected } from "./deployment.ts";
import type { Step } from "./run-steps.ts";

const PREFIX = "smoke-";

/** The steps of a booking, with a provider and a service of their own that are deleted afterwards. */
export function bookingSteps(send: Send, adminToken: string, email: string, now: Date): Step[] {
  const id = `${PREFIX}${Math.floor(Number(now) / HOUR_MS)}-${randomBytes(4).toString("hex")}`;
  const state = { slot: 0, booking: "", token: "" };
  const admin = (method: "POST" | "DELETE", path: string, json: unknown) =>
    send(path, { method, token: adminToken, json, timeoutMs: 60_000 });
  return [
    {
      name: "a provider and a service with slots",
      run: async () => {
        await deleteLeftovers(send, adminToken, now);
        await createProvider(admin, id);
      },
      undo: async () => {
        const deleted = await admin("DELETE", "/api/admin/providers", { providers: [{ id }] });
        expectResults(deleted, "deleted", "not-found");
      },
    },
    {
      name: "free slots",
      needs: "a provider and a service with slots",
      run: async () => {
        const free = expectAnswer(await send(`/api/slots?serviceId=${id}`), 200);
        // Not the next slot: it may begin during the test.
        const slot = listIn(free, "items").find(
          ({ startsAt }) => Date.parse(String(startsAt)) > Number(now) + DAY_MS / 2,
        );
        if (typeof slot?.id !== "number") {
          const remedy = "is SLOT_AUTOMATION_ENABLED false, or this a preview, on which slots are only planned?";
          throw new Unexpected(`${free.request}: expected a slot within a week, got none; ${remedy}`);
        }
        state.slot = slot.id;
      },
    },
    {
      name: "a booking, and its repetition with the same key",
      needs: "free slots",
      run: async () => {
        const headers = { "idempotency-key": randomUUID() };
        const json = { slotId: state.slot, name: "Smoke Test", email, language: "en" };
        const booked = expectAnswer(await send("/api/bookings", { method: "POST", headers, json }), 201);
        Object.assign(state, { booking: textIn(booked, "booking.id"), token: textIn(booked, "cancelToken") });
        const again = await send("/api/bookings", { method: "POST", headers, json });
        expectAnswer(again, 201, { "booking.id": state.booking });
      },
      // Usually the next step has cancelled it already. A provider with bookings ahead cannot be deleted.
      undo: async () => {
        if (state.booking !== "") expectAnswer(await cancel(send, state), 200, { "booking.status": "cancelled" });
      },
    },
    {
      name: "a full slot is refused",
      needs: "a booking, and its repetition with the same key",
      run: async () => {
        const headers = { "idempotency-key": randomUUID() };
        const json = { slotId: state.slot, name: "Smoke Test", email, language: "en" };
        expectAnswer(await send("/api/bookings", { method: "POST", headers, json }), 409, {
          "error.code": "slot-full",
        });
      },
    },
    {
      name: "its cancellation",
      needs: "a booking, and its repetition with the same key",
      run: async () => {
        const refused = await cancel(send, { ...state, token: "a-wrong-token" });
        expectAnswer(refused, 403, { "error.code": "forbidden" });
        expectAnswer(await cancel(send, state), 200, { "booking.status": "cancelled" });
      },
    },
  ];
}

const cancel = (send: Send, { booking, token }: { booking: string; token: string }): Promise<Answer> =>
  send(`/api/bookings/${booking}`, { method: "DELETE", token });

type Admin = (method: "POST" | "DELETE", path: string, json: unknown) => Promise<Answer>;

/** One hour a day, so that the maintenance creates only a few slots. */
async function createProvider(admin: Admin, id: string): Promise<void> {
  const provider = { id, name: "Smoke Test", timezone: "UTC" };
  expectResults(await admin("POST", "/api/admin/providers", { providers: [provider] }), "created");
  const service = { id, providerId: id, name: "Smoke Test", durationMinutes: 60, price: 0 };
  expectResults(await admin("POST", "/api/admin/services", { services: [service] }), "created");
  const availability = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({
    providerId: id,
    weekday,
    start: "12:00",
    end: "13:00",
  }));
  const answer = await admin("POST", "/api/admin/availability?maintain=true", { availability });
  expectAnswer(expectResults(answer, "created"), 200, { "maintenance.status": "completed" });
}

function expectResults(answer: Answer, ...statuses: string[]): Answer {
  expectAnswer(answer, 200);
  for (const result of listIn(answer, "results")) {
    if (statuses.includes(String(result.status))) continue;
    throw new Unexpected(
      `${answer.request}: expected ${result.id} to be ${statuses[0]}, got ${JSON.stringify(result)}`,
    );
  }
  return answer;
}

/** Deletes what a killed test has left behind, but nothing of another test that runs at the same time. */
async function deleteLeftovers(send: Send, token: string, now: Date): Promise<void> {
  const answer = expectAnswer(await send("/api/admin/providers", { token }), 200);
  const old = listIn(answer, "items").filter(({ id }) => {
    const hour = /^smoke-(\d{6})-[0-9a-f]{8}$/.exec(String(id))?.[1];
    return hour !== undefined && Number(hour) * HOUR_MS < Number(now) - 2 * HOUR_MS;
  });
  if (old.length === 0) return;
  const providers = old.map(({ id }) => ({ id }));
  // A provider with a booking ahead stays until the booking is past.
  await send("/api/admin/providers", { method: "DELETE", token, json: { providers } });
}
