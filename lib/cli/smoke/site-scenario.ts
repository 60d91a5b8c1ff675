import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, expectAnswer, listIn, type Send, textIn, Unexpected, valueIn } from "./deployment.ts";
import type { Step } from "./run-steps.ts";

/** The site of this test. Sites cannot be deleted, so every test uses the same one: opens it first, closes it at the end. */
const SITE = "smoke-test";
/** Another test that runs at the same time can continue with its keys for this long. */
const OLD_KEYS_MINUTES = 5;

const ASYNC_MS = 30_000;
const POLL_MS = 500;

/** The steps of a site: its keys, events through both endpoints, and its reports. */
export function siteSteps(send: Send, adminToken: string): Step[] {
  const keys = { write: "", read: "" };
  const ids = { sync: `smoke-${randomUUID()}`, async: `smoke-${randomUUID()}` };
  const event = (id: string) => ({ event_type: "page_view", page_url: "https://smoke.invalid/", event_id: id });
  const read = (path: string): Promise<Answer> => send(path, { token: keys.read });
  return [
    {
      name: "a site and fresh keys",
      run: async () => {
        Object.assign(keys, await openSite(send, adminToken));
      },
      undo: () => closeSite(send, adminToken),
    },
    {
      name: "an event, counted before the answer",
      needs: "a site and fresh keys",
      run: async () => {
        const request = { method: "POST", token: keys.write, json: event(ids.sync) } as const;
        expectAnswer(await send("/api/v1/track", request), 200, {
          success: true,
          recorded: 1,
          processing: "automatic",
        });
        expectAnswer(await send("/api/v1/track", request), 200, { recorded: 0, duplicates: 1 });
      },
    },
    {
      name: "an event, counted after the answer",
      needs: "a site and fresh keys",
      run: async () => {
        const request = { method: "POST", token: keys.write, json: event(ids.async) } as const;
        expectAnswer(await send("/api/v1/track/async", request), 200, { recorded: 1, processing: "background" });
        await waitUntilCounted(read, ids.async);
      },
    },
    {
      name: "the site's status",
      needs: "a site and fresh keys",
      run: async () => void expectAnswer(await read("/api/v1/track/status"), 200, { success: true, customer_id: SITE }),
    },
    {
      name: "the dashboard shows both events",
      needs: "an event, counted after the answer",
      run: async () => {
        const dashboard = expectAnswer(await read("/api/v1/track/dashboard?limit=100"), 200, { customer_id: SITE });
        for (const id of Object.values(ids)) requireEvent(dashboard, id);
      },
    },
    {
      name: "processing on request",
      needs: "a site and fresh keys",
      run: async () => {
        const processed = await send("/api/v1/track/process", { method: "POST", token: keys.read });
        expectAnswer(processed, 200, { success: true, remaining: 0 });
      },
    },
    {
      name: "a key of one kind is refused by endpoints of the other",
      needs: "a site and fresh keys",
      run: async () => {
        const request = { method: "POST", token: keys.read, json: event(`smoke-${randomUUID()}`) } as const;
        expectAnswer(await send("/api/v1/track", request), 401);
        expectAnswer(await send("/api/v1/track/dashboard", { token: keys.write }), 401);
      },
    },
  ];
}

async function openSite(send: Send, token: string): Promise<{ write: string; read: string }> {
  const json = { customerId: SITE, name: "Smoke test", timezone: "UTC" };
  const created = expectAnswer(await send("/api/admin/sites", { method: "POST", token, json }), [201, 409]);
  if (created.status === 201) return { write: textIn(created, "writeKey"), read: textIn(created, "readKey") };
  expectAnswer(await send(`/api/admin/sites/${SITE}`, { method: "PATCH", token, json: { active: true } }), 200);
  const newKey = async (kind: string) => {
    const json = { kind, oldValidForMinutes: OLD_KEYS_MINUTES };
    return textIn(
      expectAnswer(await send(`/api/admin/sites/${SITE}/keys`, { method: "POST", token, json }), 201),
      "key",
    );
  };
  return { write: await newKey("write"), read: await newKey("read") };
}

async function closeSite(send: Send, token: string): Promise<void> {
  for (const kind of ["write", "read"]) {
    expectAnswer(await send(`/api/admin/sites/${SITE}/keys?kind=${kind}`, { method: "DELETE", token }), 200);
  }
  expectAnswer(await send(`/api/admin/sites/${SITE}`, { method: "PATCH", token, json: { active: false } }), 200);
}

async function waitUntilCounted(read: (path: string) => Promise<Answer>, id: string): Promise<void> {
  for (let waited = 0; ; waited += POLL_MS) {
    const status = expectAnswer(await read("/api/v1/track/status"), 200);
    if (listIn(status, "events").some((event) => event.event_id === id)) return;
    if (waited >= ASYNC_MS) {
      const pending = JSON.stringify(valueIn(status, "pending"));
      throw new Unexpected(
        `expected the event to be counted within ${ASYNC_MS / 1000} s, got it still pending (${pending})`,
      );
    }
    await sleep(POLL_MS);
  }
}

function requireEvent(dashboard: Answer, id: string): void {
  const events = listIn(dashboard, "events");
  if (events.some((event) => event.event_id === id)) return;
  throw new Unexpected(`${dashboard.request}: expected the event ${id} among the latest, got ${events.length} others`);
}
