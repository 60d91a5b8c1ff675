import { beforeEach, describe, expect, it } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { sha256 } from "../../../lib/hash.ts";
import { dashboard, status, track } from "../../support/analytics/site-requests.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { GET } from "../../support/http/api.ts";
import { ADMIN_TOKEN, CRON_SECRET, call, SETTINGS } from "../../support/http/requests.ts";
import { signed, USER_SECRET } from "../../support/http/tokens.ts";
import { link } from "../../support/mail/unsubscribe-link.ts";
import { addBookings } from "../../worlds/bookings.ts";
import { addSite, READ_KEY, WRITE_KEY } from "../../worlds/site.ts";
import { pageView } from "../../worlds/site-events.ts";

/** A right token always opens its door, however many wrong ones came from the same address. */

const WRONG = 30;
const CANCEL_TOKEN = "a-cancel-token-of-the-tests";

interface Door {
  /** What a wrong token is answered, and the right one. */
  statuses: [number, number];
  right: () => string | Promise<string>;
  wrong: string;
  knock: (token: string, address: string) => Promise<{ status: number; headers: Headers }>;
}

const from = (address: string, headers: Record<string, string> = {}) => ({ "x-real-ip": address, ...headers });

const behind =
  (path: string): Door["knock"] =>
  (token, address) =>
    call(GET, path, { token, headers: from(address) });

let bookingId = "";

const DOORS: Record<string, Door> = {
  "CRON_SECRET at a job": {
    statuses: [401, 200],
    right: () => CRON_SECRET,
    wrong: "wrong",
    knock: behind("/api/events/cleanup"),
  },
  "ADMIN_TOKEN at an operator's page": {
    statuses: [401, 200],
    right: () => ADMIN_TOKEN,
    wrong: "wrong",
    knock: behind("/api/admin/runs"),
  },
  "a user's token": {
    statuses: [401, 200],
    right: () => signed(),
    wrong: "a.b.c",
    knock: behind("/api/sport/badges?userId=ada"),
  },
  "a site's write key": {
    statuses: [401, 200],
    right: () => WRITE_KEY,
    wrong: "twk_pub_wrong",
    knock: (token, address) => track(pageView(), { token, headers: from(address) }),
  },
  "a site's write key in the body": {
    statuses: [401, 200],
    right: () => WRITE_KEY,
    wrong: "twk_pub_wrong",
    knock: (key, address) => track({ ...pageView(), key }, { token: null, headers: from(address) }),
  },
  "a site's read key": {
    statuses: [401, 200],
    right: () => READ_KEY,
    wrong: "twk_sec_wrong",
    knock: (token, address) => status({ token, headers: from(address) }),
  },
  "a booking's cancel token": {
    statuses: [403, 200],
    right: () => CANCEL_TOKEN,
    wrong: "wrong",
    knock: (token, address) =>
      call(GET, `/api/bookings/${bookingId}`, { method: "GET", token, headers: from(address) }),
  },
  "an unsubscribe link": {
    statuses: [400, 200],
    right: () => link("ada"),
    wrong: link("ada").replace(/.$/, "_"),
    knock: (url, address) => GET(new Request(url, { headers: from(address) })),
  },
  "ADMIN_TOKEN at health": {
    statuses: [200, 200],
    right: () => ADMIN_TOKEN,
    wrong: "wrong",
    knock: behind("/api/health"),
  },
};

describe("after wrong tokens from an address", () => {
  let db: Db;
  let nth = 0;
  ownDatabase(
    (own) => {
      db = own;
    },
    { ...SETTINGS, AUTH_JWT_SECRET: USER_SECRET, RATE_LIMIT_READS: "100" },
  );
  beforeEach(async () => {
    await addSite(db);
    const endsAt = new Date(Date.now() + 86_400_000);
    const [made] = await addBookings(db, { cancelTokenHash: sha256(CANCEL_TOKEN), startsAt: endsAt, endsAt });
    bookingId = made?.id ?? "";
    nth += 1;
  });

  it.each(Object.entries(DOORS))("%s is let in all the same, and a wrong one is told to wait", async (_, door) => {
    const address = `198.51.100.${nth}`;
    const [refused, opened] = door.statuses;
    const wrong = () => door.knock(door.wrong, address);
    for (let n = 0; n < WRONG; n += 1) expect((await wrong()).status).toBe(refused);
    const { status, headers } = await wrong();
    expect({ status, limit: headers.get("ratelimit-limit"), remaining: headers.get("ratelimit-remaining") }).toEqual({
      status: 429,
      limit: String(WRONG),
      remaining: "0",
    });
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    const right = await door.right();
    expect((await door.knock(right, address)).status).toBe(opened);
    expect((await wrong()).status).toBe(429);
    expect((await door.knock(right, address)).status).toBe(opened);
    expect((await door.knock(door.wrong, `${address.slice(0, -1)}0`)).status).not.toBe(429);
  });

  it("other doors count their own", async () => {
    const address = "203.0.113.77";
    for (let n = 0; n <= WRONG; n += 1) await track(pageView(), { token: "twk_pub_wrong", headers: from(address) });
    for (const name of ["CRON_SECRET at a job", "ADMIN_TOKEN at an operator's page", "a site's read key"]) {
      const { knock, wrong } = DOORS[name] as Door;
      expect((await knock(wrong, address)).status, name).toBe(401);
    }
  });

  it("none of what right keys may do is used up", async () => {
    const address = "203.0.113.78";
    for (let n = 0; n < 120; n += 1) await dashboard("", { token: "twk_sec_wrong", headers: from(address) });
    const { status, headers } = await dashboard("", { headers: from(address) });
    expect({ status, remaining: headers.get("ratelimit-remaining") }).toEqual({ status: 200, remaining: "99" });
  });

  it("many wrong keys at once are looked up a few at a time, and the right one in its turn", async () => {
    const address = "203.0.113.79";
    const ask = (token: string) => status({ token, headers: from(address) });
    for (let n = 0; n <= WRONG; n += 1) await ask("twk_sec_wrong");
    const answers = await Promise.all([
      ...Array.from({ length: 100 }, (_, n) => ask(`twk_sec_wrong-${n}`)),
      ask(READ_KEY),
    ]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((one) => one === 429)).toHaveLength(100);
    expect(statuses.at(-1)).toBe(200);
  });
});
