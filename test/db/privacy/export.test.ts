import { expect, it } from "vitest";
import { exportData as exportPerson } from "../../../lib/app/privacy.ts";
import type { Db } from "../../../lib/db/db.ts";
import type { Person } from "../../../lib/privacy/person.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { SETTINGS } from "../../worlds/club-settings.ts";
import { ADA, addClub, addEverythingElse, NOW, PERSON } from "../../worlds/person-world.ts";

let db: Db;
ownDatabase((own) => {
  db = own;
}, SETTINGS);

type Document = Record<string, Record<string, unknown>[]>;

async function exported(person: Person): Promise<{ text: string; document: Document }> {
  const pieces: string[] = [];
  for await (const piece of exportPerson(db, person, NOW)) pieces.push(piece);
  const text = pieces.join("");
  return { text, document: JSON.parse(text) };
}

it("a person gets all that is stored of them, as one document", async () => {
  await addClub(db);
  await addEverythingElse(db);
  const { document } = await exported(PERSON);
  expect(document.profile).toMatchObject([{ id: ADA.id, email: ADA.email, nickname: ADA.nickname }]);
  expect(document.friendships).toEqual([
    { friend_id: "bob", status: "accepted" },
    { friend_id: "carl", status: "accepted" },
  ]);
  expect(document.workouts).toMatchObject([
    { start_time: "2026-02-03T10:00:00+00:00", activities: [{ exercise_id: "pushups", points_earned: 900 }] },
    { start_time: "2026-02-25T10:00:00+00:00" },
  ]);
  const sizes = Object.fromEntries(
    Object.entries(document).flatMap(([section, list]) => (Array.isArray(list) ? [[section, list.length]] : [])),
  );
  expect(sizes).toMatchObject({
    weekly_results: 7,
    leaderboard_results: 7,
    monthly_results: 2,
    monthly_rankings: 2,
    mails: 8, // three of them queued by the evaluations
    suppressed_addresses: 1,
    bookings: 4,
    appointments_as_customer: 2,
    appointments_as_consultant: 2,
    site_events: 10,
    site_events_as_received: 14,
  });
  for (const section of ["badges", "awards", "notifications"]) expect(sizes[section]).toBeGreaterThan(0);
  expect(document.mails?.map(({ subject }) => subject)).toEqual(expect.arrayContaining(["waits", "is tried again"]));
});

it("a document has nothing of others but a friend's id, and nothing that opens anything", async () => {
  await addClub(db);
  await addEverythingElse(db);
  const { text, document } = await exported(PERSON);
  const { friendships: _, ...rest } = document;
  expect(JSON.stringify(rest)).not.toMatch(/\bbob|carl|Eva Klein|Udo Groß|\bx?user-bob|xAda|xuser/i);
  expect(text).not.toMatch(/token-secret|a-secret-token|salt|hash|fingerprint|lease|dedupe/i);
  expect(text).not.toMatch(/[?&]token=[^…]/);
  expect(text).toContain("token=…");
});

it("who is no user has bookings and mails by their address alone, however it is written", async () => {
  await addClub(db);
  await addEverythingElse(db);
  const { document } = await exported({ userId: undefined, addresses: PERSON.addresses, names: [] });
  expect(document.profile).toBeUndefined();
  expect(document.bookings).toHaveLength(4);
  expect(document.mails).toHaveLength(3); // what belongs to the user is the user's
  expect(document.appointments_as_customer).toMatchObject([{ title: `Max Muster ${ADA.email}` }]);
});
