import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { type Db, row } from "../../../lib/db/db.ts";
import { urlMentionsUser, withoutUserInUrls } from "../../../lib/privacy/match-person.ts";
import type { Person } from "../../../lib/privacy/person.ts";
import { ownDatabase } from "../../support/database/own-database.ts";

let db: Db;
ownDatabase((own) => {
  db = own;
});

const who = (userId: string): Person => ({ userId, addresses: [], names: [] });
const HOST = "https://shop.example";

it.each([
  ["ada-1", `${HOST}/u/ada-1`, `${HOST}/u/gone`],
  ["ada-1", `${HOST}/u/ada-1/orders`, `${HOST}/u/gone/orders`],
  ["ada-1", `${HOST}/ada-1`, `${HOST}/gone`],
  ["ada-1", "shop.example/u/ada-1", "shop.example/u/gone"],
  ["ada-1", `${HOST}/a?user=ada-1&x=2`, `${HOST}/a?user=gone&x=2`],
  ["ada-1", `${HOST}/a?ada-1`, `${HOST}/a?gone`],
  ["ada-1", `${HOST}/a?x=1&ada-1=2`, `${HOST}/a?x=1&gone=2`],
  ["ada-1", `${HOST}/a;u=ada-1;v=2`, `${HOST}/a;u=gone;v=2`],
  ["ada-1", `${HOST}/#/u/ada-1`, `${HOST}/#/u/gone`],
  ["ada-1", `${HOST}/a#ada-1`, `${HOST}/a#gone`],
  ["ada-1", `${HOST}/u/%61da-1`, `${HOST}/u/gone`],
  ["ada-1", `${HOST}/u/ada%2d1`, `${HOST}/u/gone`],
  ["ada-1", `${HOST}/u/ada%2D1`, `${HOST}/u/gone`],
  ["ada-1", `${HOST}/u/%61%64%61%2D%31`, `${HOST}/u/gone`],
  ["ada-1", `${HOST}/a?next=%2Fu%2Fada-1`, `${HOST}/a?next=%2Fu%2Fgone`],
  ["ada-1", `${HOST}/a?next=%2fu%2fada-1%3fx%3d1`, `${HOST}/a?next=%2fu%2fgone%3fx%3d1`],
  ["ada-1", `${HOST}/a?next=%252Fu%252Fada%252D1%253Fx`, `${HOST}/a?next=%252Fu%252Fgone%253Fx`],
  ["ada-1", `${HOST}/u/ada-1/ada-1?u=ada-1`, `${HOST}/u/gone/gone?u=gone`],
  ["auth0|5f/7=a", `${HOST}/u/auth0%7C5f%2F7%3Da/x`, `${HOST}/u/gone/x`],
  ["a.b*c", `${HOST}/u/a.b*c`, `${HOST}/u/gone`],
  ["7", `${HOST}/products/7`, `${HOST}/products/gone`],
  [
    "ada-1",
    '{"href":"/u/ada-1","to":"https:\\/\\/shop.example\\/u\\/ada-1\\/x"}',
    '{"href":"/u/gone","to":"https:\\/\\/shop.example\\/u\\/gone\\/x"}',
  ],
])("of %s, %j becomes %j", async (userId, text, expected) => {
  const column = sql`${text}::text`;
  const found = await row(
    db,
    sql`select ${urlMentionsUser(column, who(userId))} as is, ${withoutUserInUrls(column, who(userId), "gone")} as without`,
  );
  expect(found).toEqual({ is: true, without: expected });
});

it.each([
  ["ada-1", `${HOST}/u/ada-12`],
  ["ada-1", `${HOST}/u/xada-1`],
  ["ada-1", `${HOST}/u/ada-1x/ada-1-2`],
  ["ada-1", `${HOST}/u/ada-1%32`],
  ["ada-1", `${HOST}/u/ADA-1`],
  ["ada-1", `${HOST}/u/ada_1`],
  ["7", `${HOST}/products/17/70?x=7.5&y=77#7a`],
  ["7", `${HOST}:7/a`],
  ["a.b", `${HOST}/u/aXb`],
  ["shop.example", `${HOST}/a`],
  ["shop.example", "shop.example/a"],
  ["2F", `${HOST}/a%2Fb`],
  ["ada-1", ""],
])("of %s there is nothing in %j", async (userId, text) => {
  const column = sql`${text}::text`;
  const found = await row(
    db,
    sql`select ${urlMentionsUser(column, who(userId))} as is, ${withoutUserInUrls(column, who(userId), "gone")} as without`,
  );
  expect(found).toEqual({ is: false, without: text });
});
