import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Db, json, rows } from "../../db/db.ts";
import { staff } from "../../http/access.ts";
import { type Batch, envelope, processBatch } from "../../http/batch.ts";
import { id } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { batchResponses, batchResult } from "../../http/responses/batch-result.ts";
import { lockUsers } from "./lock-users.ts";
import { FRIENDSHIP_STATUSES } from "./schema.ts";

const twoUsers = {
  check: (pair: { userId: string; friendId: string }) => pair.userId !== pair.friendId,
  error: { error: "two different users", path: ["friendId"] },
};
const pairItem = z
  .strictObject({ userId: id, friendId: id })
  .refine(twoUsers.check, twoUsers.error)
  .meta({ id: "FriendshipKey", description: "Two users, in any order." });
const friendshipItem = z
  .strictObject({ userId: id, friendId: id, status: z.enum(FRIENDSHIP_STATUSES).default("accepted") })
  .refine(twoUsers.check, twoUsers.error)
  .meta({ id: "FriendshipInput", description: "A friendship of two users, in any order. Only accepted ones count." });

type Pair = z.output<typeof pairItem>;
type Friendship = z.output<typeof friendshipItem>;

/** A pair is stored with the smaller id first, so it is the same row in either order. */
const ordered = ({ userId, friendId }: Pair): [string, string] =>
  userId < friendId ? [userId, friendId] : [friendId, userId];
const keyOf = (pair: Pair): string => ordered(pair).join(" ");

/** Only for the platform: with a friendship a user sees the other's points, so one user alone must not create it. */
export const saveFriendships = operation({
  id: "saveFriendships",
  method: "POST",
  path: "/api/sport/friendships",
  access: staff,
  summary: "Creates and updates friendships. The order of the two users does not matter.",
  example: { friendships: [{ userId: "member-001", friendId: "member-002" }] },
  body: envelope("friendships", friendshipItem, "FriendshipBatch"),
  responses: batchResponses(batchResult),
  handle: ({ db, body }) => processBatch<Friendship>(db, body.friendships, friendshipItem, keyOf, writeFriendships),
});

export const deleteFriendships = operation({
  id: "deleteFriendships",
  method: "DELETE",
  path: "/api/sport/friendships",
  access: staff,
  summary: "Deletes friendships.",
  example: { friendships: [{ userId: "member-001", friendId: "member-002" }] },
  body: envelope("friendships", pairItem, "FriendshipKeyBatch"),
  responses: batchResponses(batchResult),
  handle: ({ db, body }) => processBatch<Pair>(db, body.friendships, pairItem, keyOf, removeFriendships),
});

async function writeFriendships(tx: Db, batch: Batch<Friendship>): Promise<void> {
  const users = await lockUsers(
    tx,
    batch.items.flatMap(({ value }) => [value.userId, value.friendId]),
  );
  for (const field of ["userId", "friendId"] as const) {
    batch.reject((pair) =>
      users.has(pair[field])
        ? undefined
        : { code: "unknown-user", field, expected: "the id of a known user", got: pair[field] },
    );
  }
  if (batch.items.length === 0) return;
  const pairs = batch.items.map(({ value }) => [...ordered(value), value.status]);
  const written = await rows<{ key: string; created: boolean }>(
    tx,
    sql`insert into friendships as old (user_a, user_b, status)
      select pair->>0, pair->>1, pair->>2 from jsonb_array_elements(${json(pairs)}) as pair
      order by (pair->>0) collate "C", (pair->>1) collate "C"
      on conflict (user_a, user_b) do update set status = excluded.status where old.status <> excluded.status
      returning user_a || ' ' || user_b as key, old.xmax = 0 as created`,
  );
  const createdByKey = new Map(written.map(({ key, created }) => [key, created]));
  for (const item of batch.items) {
    const created = createdByKey.get(keyOf(item.value));
    batch.settle(item, created === undefined ? "unchanged" : created ? "created" : "updated");
  }
}

async function removeFriendships(tx: Db, batch: Batch<Pair>): Promise<void> {
  const pairs = batch.items.map(({ value }) => ordered(value));
  const deletedRows = await rows<{ key: string }>(
    tx,
    sql`delete from friendships using jsonb_array_elements(${json(pairs)}) as pair
      where user_a = pair->>0 and user_b = pair->>1 returning user_a || ' ' || user_b as key`,
  );
  const deleted = new Set(deletedRows.map(({ key }) => key));
  for (const item of batch.items) batch.settle(item, deleted.has(keyOf(item.value)) ? "deleted" : "not-found");
}
