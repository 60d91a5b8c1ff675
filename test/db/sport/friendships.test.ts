import { beforeEach, describe, expect } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { friendships } from "../../../lib/sport/training/schema.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { api } from "../../support/http/api.ts";
import { call, dump, fates, SETTINGS, type Taken } from "../../support/http/requests.ts";
import { addUsers } from "../../worlds/club.ts";

const it = databaseTest(SETTINGS);

describe("friendships", () => {
  beforeEach<{ db: Db }>(({ db }) => addUsers(db, "ada", "bob", "cyd"));

  const send = <Body = Taken>(method: "POST" | "DELETE", ...items: unknown[]) =>
    call<Body>(api, "/api/sport/friendships", { method, json: { friendships: items } });
  const pair = (userId: string, friendId: string, more: object = {}) => ({ userId, friendId, ...more });

  it("are stored once, in either order of the two users", async ({ db }) => {
    expect(fates(await send("POST", pair("bob", "ada")))).toEqual(["created"]);
    const before = await dump(db);
    expect(fates(await send("POST", pair("ada", "bob")))).toEqual(["unchanged"]);
    expect(await dump(db)).toEqual(before);
    expect(await db.select().from(friendships)).toEqual([{ userA: "ada", userB: "bob", status: "accepted" }]);
  });

  it("change their status", async () => {
    await send("POST", pair("ada", "bob"), pair("ada", "cyd", { status: "pending" }));
    const answer = await send(
      "POST",
      pair("bob", "ada", { status: "blocked" }),
      pair("cyd", "ada", { status: "pending" }),
    );
    expect([answer.status, fates(answer)]).toEqual([200, ["updated", "unchanged"]]);
  });

  it("order ids as the database does, byte by byte", async ({ db }) => {
    await addUsers(db, "Z", "a", "_");
    expect(fates(await send("POST", pair("a", "Z"), pair("_", "a"), pair("Z", "_")))).toEqual([
      "created",
      "created",
      "created",
    ]);
  });

  it("are deleted in either order of the two users", async ({ db }) => {
    await send("POST", pair("ada", "bob"), pair("ada", "cyd"));
    expect(fates(await send("DELETE", pair("bob", "ada"), pair("bob", "cyd")))).toEqual(["deleted", "not-found"]);
    expect(await db.$count(friendships)).toBe(1);
  });

  it("need two different known users, and may be named once in a batch", async () => {
    const answer = await send(
      "POST",
      pair("ada", "nobody"),
      pair("nobody", "ada"),
      pair("ada", "ada"),
      pair("ada", "bob", { status: "best" }),
      pair("ada", "cyd"),
      pair("cyd", "ada"),
      { userId: "bob" },
      null,
    );
    expect(answer).toMatchObject({ status: 207, body: { taken: 1, failed: 7 } });
    expect(fates(answer)).toEqual([
      "unknown-user friendId",
      "duplicate id",
      "invalid-item friendId",
      "invalid-item status",
      "created",
      "duplicate id",
      "invalid-item friendId",
      "invalid-item body",
    ]);
    expect(answer.body.results[2]?.error).toMatchObject({ expected: "two different users", got: '"ada"' });
  });

  it("write nothing if no item is valid", async ({ db }) => {
    const before = await dump(db);
    expect((await send("POST", pair("ada", "nobody"), pair("ada", "ada"))).status).toBe(422);
    expect(await dump(db)).toEqual(before);
  });
});
