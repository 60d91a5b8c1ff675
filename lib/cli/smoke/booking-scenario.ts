import { randomBytes, randomUUID } from "node:crypto";
import { type Answer, type Ask, expectAnswer, listIn, textIn, Unexpected } from "./deployment.ts";
import type { Step } from "./step.ts";

const PREFIX = "smoke-";
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The paths of bookings, with a provider and a service of their own, which are gone afterwards. */
export function practiceSteps(ask: Ask, adminToken: string, email: string, now: Date): Step[] {
  const id = `${PREFIX}${Math.floor(Number(now) / HOUR_MS)}-${randomBytes(4).toString("hex")}`;
  const made = { slot: 0, booking: "", token: "" };
  const admin = (method: "POST" | "DELETE", path: string, json: unknown) =>
    ask(path, { method, token: adminToken, json, timeoutMs: 60_000 });
  return [
    {
      name: "a provider and a service with slots",
      run: async () => {
        await clearLeftOver(ask, adminToken, now);
        await setUp(admin, id);
      },
      undo: async () => {
        const gone = await admin("DELETE", "/api/admin/providers", { providers: [{ id }] });
        requireDone(gone, "deleted", "not-found");
      },
    },
    {
      name: "free slots",
      needs: "a provider and a service with slots",
      run: async () => {
        const free = expectAnswer(await ask(`/api/slots?serviceId=${id}`), 200, { status: "ok" });
        // Not the next one: it may begin while we look.
        const slot = listIn(free, "slots").find(
          ({ startsAt }) => Date.parse(String(startsAt)) > Number(now) + DAY_MS / 2,
        );
        if (typeof slot?.id !== "number") {
          const remedy = "is SLOT_AUTOMATION_ENABLED false, or this a preview, on which slots are only planned?";
          throw new Unexpected(`${free.asked}: expected a slot within a week, got none; ${remedy}`);
        }
        made.slot = slot.id;
      },
    },
    {
      name: "a booking, and the same again by its key",
      needs: "free slots",
      run: async () => {
        const headers = { "idempotency-key": randomUUID() };
        const json = { slotId: made.slot, name: "Smoke Test", email, language: "en" };
        const booked = expectAnswer(await ask("/api/bookings", { method: "POST", headers, json }), 201);
        Object.assign(made, { booking: textIn(booked, "booking.id"), token: textIn(booked, "cancelToken") });
        const again = await ask("/api/bookings", { method: "POST", headers, json });
        expectAnswer(again, 201, { "booking.id": made.booking });
      },
      // Where the next step does it there is nothing left to cancel; a provider with bookings ahead cannot be deleted.
      undo: async () => {
        if (made.booking !== "") expectAnswer(await cancel(ask, made), 200, { "booking.status": "cancelled" });
      },
    },
    {
      name: "a full slot is refused",
      needs: "a booking, and the same again by its key",
      run: async () => {
        const headers = { "idempotency-key": randomUUID() };
        const json = { slotId: made.slot, name: "Smoke Test", email, language: "en" };
        expectAnswer(await ask("/api/bookings", { method: "POST", headers, json }), 409, { "error.code": "slot-full" });
      },
    },
    {
      name: "its cancellation",
      needs: "a booking, and the same again by its key",
      run: async () => {
        const wrong = await cancel(ask, { ...made, token: "a-token-that-is-none" });
        expectAnswer(wrong, 403, { "error.code": "forbidden" });
        expectAnswer(await cancel(ask, made), 200, { "booking.status": "cancelled" });
      },
    },
  ];
}

const cancel = (ask: Ask, { booking, token }: { booking: string; token: string }): Promise<Answer> =>
  ask(`/api/bookings/${booking}`, { method: "DELETE", token });

type Admin = (method: "POST" | "DELETE", path: string, json: unknown) => Promise<Answer>;

/** An hour a day, so that a run of the maintenance makes a handful of slots. */
async function setUp(admin: Admin, id: string): Promise<void> {
  const provider = { id, name: "Smoke Test", timezone: "UTC" };
  requireDone(await admin("POST", "/api/admin/providers", { providers: [provider] }), "created");
  const service = { id, providerId: id, name: "Smoke Test", durationMinutes: 60, price: 0 };
  requireDone(await admin("POST", "/api/admin/services", { services: [service] }), "created");
  const availability = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({
    providerId: id,
    weekday,
    start: "12:00",
    end: "13:00",
  }));
  const maintained = await admin("POST", "/api/admin/availability?maintain=true", { availability });
  expectAnswer(requireDone(maintained, "created"), 200, { "maintenance.status": "ok" });
}

function requireDone(answer: Answer, ...statuses: string[]): Answer {
  expectAnswer(answer, 200);
  for (const result of listIn(answer, "results")) {
    if (statuses.includes(String(result.status))) continue;
    throw new Unexpected(`${answer.asked}: expected ${result.id} to be ${statuses[0]}, got ${JSON.stringify(result)}`);
  }
  return answer;
}

/** What a run that was killed has left: whoever else is testing at this moment keeps theirs. */
async function clearLeftOver(ask: Ask, token: string, now: Date): Promise<void> {
  const known = expectAnswer(await ask("/api/admin/providers", { token }), 200);
  const old = listIn(known, "providers").filter(({ id }) => {
    const hour = /^smoke-(\d{6})-[0-9a-f]{8}$/.exec(String(id))?.[1];
    return hour !== undefined && Number(hour) * HOUR_MS < Number(now) - 2 * HOUR_MS;
  });
  if (old.length === 0) return;
  const providers = old.map(({ id }) => ({ id }));
  // One that has a booking ahead stays until that is past.
  await ask("/api/admin/providers", { method: "DELETE", token, json: { providers } });
}
