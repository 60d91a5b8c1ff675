import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, type Ask, expectAnswer, listIn, textIn, Unexpected, valueIn } from "./deployment.ts";
import type { Step } from "./step.ts";

/** A site for these tests: sites are not deleted, so there is one, which is opened before and closed after. */
const SITE = "smoke-test";
/** Whoever else is testing at this moment goes on with the keys they have. */
const OLD_KEYS_MINUTES = 5;

const ASYNC_MS = 30_000;
const ASK_EVERY_MS = 500;

/** The paths of a site: its keys, events through both doors, and looking at them. */
export function siteSteps(ask: Ask, adminToken: string): Step[] {
  const keys = { write: "", read: "" };
  const ids = { sync: `smoke-${randomUUID()}`, later: `smoke-${randomUUID()}` };
  const event = (id: string) => ({ event_type: "page_view", page_url: "https://smoke.invalid/", event_id: id });
  const read = (path: string): Promise<Answer> => ask(path, { token: keys.read });
  return [
    {
      name: "a site and fresh keys",
      run: async () => {
        Object.assign(keys, await openSite(ask, adminToken));
      },
      undo: () => closeSite(ask, adminToken),
    },
    {
      name: "an event, counted before the answer",
      needs: "a site and fresh keys",
      run: async () => {
        const sent = { method: "POST", token: keys.write, json: event(ids.sync) } as const;
        expectAnswer(await ask("/api/v1/track", sent), 200, { success: true, recorded: 1, processing: "automatic" });
        expectAnswer(await ask("/api/v1/track", sent), 200, { recorded: 0, duplicates: 1 });
      },
    },
    {
      name: "an event, counted after the answer",
      needs: "a site and fresh keys",
      run: async () => {
        const sent = { method: "POST", token: keys.write, json: event(ids.later) } as const;
        expectAnswer(await ask("/api/v1/track/async", sent), 202, { recorded: 1, processing: "background" });
        await untilCounted(read, ids.later);
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
        const shown = expectAnswer(await read("/api/v1/track/dashboard?limit=100"), 200, { customer_id: SITE });
        for (const id of Object.values(ids)) requireEvent(shown, id);
      },
    },
    {
      name: "processing by hand",
      needs: "a site and fresh keys",
      run: async () => {
        const processed = await ask("/api/v1/track/process", { method: "POST", token: keys.read });
        expectAnswer(processed, 200, { success: true, remaining: 0 });
      },
    },
    {
      name: "a key opens nothing it is not for",
      needs: "a site and fresh keys",
      run: async () => {
        const sent = { method: "POST", token: keys.read, json: event(`smoke-${randomUUID()}`) } as const;
        expectAnswer(await ask("/api/v1/track", sent), 401);
        expectAnswer(await ask("/api/v1/track/dashboard", { token: keys.write }), 401);
      },
    },
  ];
}

async function openSite(ask: Ask, token: string): Promise<{ write: string; read: string }> {
  const json = { customerId: SITE, name: "Smoke test", timezone: "UTC" };
  const made = expectAnswer(await ask("/api/admin/sites", { method: "POST", token, json }), [201, 409]);
  if (made.status === 201) return { write: textIn(made, "writeKey"), read: textIn(made, "readKey") };
  expectAnswer(await ask(`/api/admin/sites/${SITE}`, { method: "PATCH", token, json: { active: true } }), 200);
  const fresh = async (kind: string) => {
    const json = { kind, oldValidForMinutes: OLD_KEYS_MINUTES };
    return textIn(
      expectAnswer(await ask(`/api/admin/sites/${SITE}/keys`, { method: "POST", token, json }), 201),
      "key",
    );
  };
  return { write: await fresh("write"), read: await fresh("read") };
}

async function closeSite(ask: Ask, token: string): Promise<void> {
  for (const kind of ["write", "read"]) {
    expectAnswer(await ask(`/api/admin/sites/${SITE}/keys?kind=${kind}`, { method: "DELETE", token }), 200);
  }
  expectAnswer(await ask(`/api/admin/sites/${SITE}`, { method: "PATCH", token, json: { active: false } }), 200);
}

async function untilCounted(read: (path: string) => Promise<Answer>, id: string): Promise<void> {
  for (let waited = 0; ; waited += ASK_EVERY_MS) {
    const status = expectAnswer(await read("/api/v1/track/status"), 200);
    if (listIn(status, "events").some((event) => event.event_id === id)) return;
    if (waited >= ASYNC_MS) {
      const pending = JSON.stringify(valueIn(status, "pending"));
      throw new Unexpected(
        `expected the event to be counted within ${ASYNC_MS / 1000} s, got it still waiting (${pending})`,
      );
    }
    await sleep(ASK_EVERY_MS);
  }
}

function requireEvent(shown: Answer, id: string): void {
  const events = listIn(shown, "events");
  if (events.some((event) => event.event_id === id)) return;
  throw new Unexpected(`${shown.asked}: expected the event ${id} among the latest, got ${events.length} others`);
}
