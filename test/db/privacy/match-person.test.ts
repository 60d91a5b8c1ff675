import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { type Db, row } from "../../../lib/db/db.ts";
import { jsonMentions, jsonWithout, mentionsAddress } from "../../../lib/privacy/match-person.ts";
import { findPerson, type Person } from "../../../lib/privacy/person.ts";
import { ownDatabase } from "../../support/database/own-database.ts";

let db: Db;
ownDatabase((own) => {
  db = own;
});

const ADA: Person = { userId: "ada-1", addresses: ["a.da+x@club.example", "ada@club.example"], names: [] };

it.each([
  ["ada@club.example", true],
  ["ADA@Club.Example", true],
  ["mailto:ada@club.example?subject=x", true],
  ["https://shop.example/?to=ada%40club.example&x", true],
  ["https://shop.example/?next=%2Fto%3Dada%40club.example", true],
  ["write to a.da+x@club.example.", true],
  ["<ada@club.example>", true],
  [JSON.stringify("line\nada@club.example"), true],
  [JSON.stringify("\u0001ada@club.example"), true],
  ["nada@club.example", false],
  ["x.ada@club.example", false],
  ["x-ada@club.example", false],
  ["ada@club.example.org", false],
  ["ada@club.examples", false],
  ["ada@clubXexample", false],
  ["aXda+x@club.example", false],
  ["ada at club.example", false],
  ["", false],
])("in %j the address is told from others (%s)", async (text, is) => {
  expect(await row(db, sql`select ${mentionsAddress(sql`${text}::text`, ADA)} as is`)).toEqual({ is });
});

it.each([
  ["jürgen@bücher.example", "to jürgen@bücher.example", true],
  ["jürgen@bücher.example", "https://shop.example/?e=j%C3%BCrgen%40b%c3%bccher.example", true],
  ["jürgen@bücher.example", "https://shop.example/?n=%2F%3Fe%3Dj%25C3%25BCrgen%2540b%25C3%25BCcher.example", true],
  ["jürgen@bücher.example", "jurgen@bücher.example", false],
  ['"a b"@club.example', 'to "a b"@club.example', true],
  ['"a b"@club.example', JSON.stringify({ to: '"a b"@club.example' }), true],
  ['"a b"@club.example', "https://shop.example/?e=%22a%20b%22%40club.example", true],
  ["a+b@club.example", "https://shop.example/?e=a%2Bb%40club.example", true],
  ["!#$&'*+@club.example", "<!#$&'*+@club.example>", true],
  ["a/b=c@club.example", "a/b=d@club.example", false],
])("of %s there is something in %j: %s", async (address, text, is) => {
  const person = { ...ADA, addresses: [address] };
  const column = sql`${text}::text`;
  expect(await row(db, sql`select ${mentionsAddress(column, person)} as is`)).toEqual({ is });
});

it("is looked for under each way to write an address", async () => {
  const asked = { userId: undefined, addresses: [" Ada@BÜCHER.example", "bob@xn--bcher-kva.example"], names: [] };
  expect((await findPerson(db, asked)).addresses).toEqual([
    "ada@bücher.example",
    "ada@xn--bcher-kva.example",
    "bob@xn--bcher-kva.example",
    "bob@bücher.example",
  ]);
});

it("a null matches no person", async () => {
  expect(await row(db, sql`select ${mentionsAddress(sql`null::text`, ADA)} as is`)).toEqual({ is: false });
});

it("in JSON an id counts as a whole value only, and goes with the addresses", async () => {
  const json = JSON.stringify({ user: "ada-1", list: ["ada-1", "ada-12", "Ada@club.example"], note: "ada-1 was here" });
  const text = sql`${json}::text`;
  expect(await row(db, sql`select ${jsonMentions(text, ADA)} as is`)).toEqual({ is: true });
  const { without } = await row<{ without: string }>(db, sql`select ${jsonWithout(text, ADA, "gone")} as without`);
  expect(JSON.parse(without)).toEqual({ user: "gone", list: ["gone", "ada-12", "gone"], note: "ada-1 was here" });
  const other = sql`${JSON.stringify({ user: "ada-12" })}::text`;
  expect(await row(db, sql`select ${jsonMentions(other, ADA)} as is`)).toEqual({ is: false });
});
