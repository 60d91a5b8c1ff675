import { randomUUID } from "node:crypto";
import type { Environment } from "../../lib/config/config.ts";
import type { Db } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { friendships } from "../../lib/sport/training/schema.ts";
import { users } from "../../lib/users/schema.ts";
import type { FuzzWorld } from "../support/fuzz/fuzz-requests.ts";
import { signed, USER_SECRET } from "../support/http/tokens.ts";
import { addOperators, apiTokenOf, CONSOLE_SECRET, cookieOf } from "./operators.ts";
import { addSite } from "./site.ts";
import { addProvider, addService, addSlots } from "./slots.ts";

/** A small world with something of everything, for the fuzzer to call at. */

const CRON_SECRET = "the-clockwork-that-is-fuzzed";
const ADMIN_TOKEN = "the-operator-who-is-fuzzed";
const DAY_MS = 86_400_000;
const LONG = { exp: Math.floor(Date.now() / 1000) + 7 * 86_400 };

/** The settings of the built functions. Mails and error reports go to sinks on loopback, and nothing else goes anywhere. */
export const settingsFor = (url: string, smtpPort: number, trackerPort: number): Environment => ({
  DATABASE_URL: url,
  VERCEL: "1",
  CRON_SECRET,
  ADMIN_TOKEN,
  CONSOLE_SECRET,
  AUTH_JWT_SECRET: USER_SECRET,
  ALLOWED_ORIGINS: "https://www.club.example",
  EMAIL_PREFERENCES_SECRET: "a-secret-that-is-fuzzed",
  EMAIL_FROM: "Club <club@club.example>",
  ALERT_EMAIL: "operator@club.example",
  SMTP_HOST: "127.0.0.1",
  SMTP_PORT: String(smtpPort),
  SENTRY_DSN: `http://the0key0that0is0fuzzed@127.0.0.1:${trackerPort}/42`,
});

export async function makeWorld(url: string): Promise<FuzzWorld> {
  const { db, close } = openPostgres(url);
  const { writeKey, readKey } = await addSite(db, { customerId: "club" });
  const other = await addSite(db, { customerId: "another" });
  await db.insert(users).values([{ id: "ada" }, { id: "bob" }]);
  await db.insert(friendships).values({ userA: "ada", userB: "bob", status: "accepted" });
  await addOperators(db);
  const slotIds = await makeSlots(db);
  await close();
  const past = { exp: Math.floor(Date.now() / 1000) - 60 };
  return {
    ids: ["ada", "bob", "anna", "massage", "pullups", "running", "club", "another", "nobody"],
    slotIds,
    bookingIds: [randomUUID()],
    secrets: {
      cronSecret: CRON_SECRET,
      adminToken: ADMIN_TOKEN,
      apiToken: apiTokenOf("staff"),
      userToken: await signed({ sub: "ada", ...LONG }),
      siteWriteKey: writeKey,
      siteReadKey: readKey,
      cancelToken: "of-no-booking",
    },
    sessions: [
      ...["admin", "viewer", "expired"].map((id) => cookieOf(id, { isSecure: false })),
      "taktwerk.session_token=%E0%A4.",
      "=;;",
    ],
    wrong: [
      other.writeKey,
      other.readKey,
      await signed({ sub: "bob", ...LONG }),
      await signed({ sub: "ada", ...past }),
      await signed({ sub: "a\u0000b", ...LONG }),
      `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from('{"sub":"ada"}').toString("base64url")}.`,
      "a.b.c",
      "..",
    ],
  };
}

async function makeSlots(db: Db): Promise<number[]> {
  await addProvider(db, { id: "anna", timezone: "Europe/Berlin" });
  await addService(db, { id: "massage", providerId: "anna" });
  const tomorrow = Math.ceil(Date.now() / DAY_MS) * DAY_MS;
  const starts = Array.from({ length: 40 }, (_, n) => new Date(tomorrow + n * 2 * 3_600_000));
  const slots = starts.map((startsAt) => ({ startsAt, serviceId: "massage", providerId: "anna", capacity: 5 }));
  return addSlots(db, ...slots);
}
