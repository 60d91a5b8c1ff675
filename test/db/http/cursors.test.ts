import { beforeEach, describe, expect, it } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { cursorOf } from "../../../lib/http/responses/pages.ts";
import { openApiDocument } from "../../../scripts/openapi.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { type Described, operationsOf } from "../../support/http/api-document.ts";
import { OPEN_SETTINGS } from "../../support/http/callers.ts";
import { type OperationRequest, requestFor, sendTo } from "../../support/http/every-operation.ts";
import { ADMIN_TOKEN } from "../../support/http/requests.ts";
import { fireMonthly } from "../../support/jobs/invoke-monthly.ts";
import { fireWeekly } from "../../support/jobs/invoke-weekly.ts";
import { addApiWorld, MINE } from "../../worlds/api-world.ts";

/** Cursors that a client makes up: every list refuses them, or reads on from there; none is a fault. */

const lists = operationsOf(await openApiDocument())
  .filter(({ parameters }) => parameters.some(({ name }) => name === "cursor"))
  .map((operation) => ({ name: operation.operationId, request: requestOfMine(operation), key: keyOf(operation) }));

/** The request of an operation's examples, about what there is. */
function requestOfMine(operation: Described): OperationRequest {
  const request = requestFor(operation);
  return { ...request, path: request.path.replace("personal-60", MINE) };
}

/** The sort key in the example of an operation's cursor. */
function keyOf({ parameters }: Described): unknown[] {
  const cursor = parameters.find(({ name }) => name === "cursor");
  const [example] = (cursor?.schema.examples ?? []) as string[];
  return JSON.parse(Buffer.from(example ?? "", "base64url").toString());
}

const NUMBERS = [0, -1, 1.5, 2 ** 31, -(2 ** 31) - 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 1e300, -1e300];
const TEXTS = ["", "x".repeat(300), "\uffff".repeat(300), "\u0001", "\u0000", "'; --", "null", "0", "%", "\\"];
const DATES = ["0001-01-01", "9999-12-31", "2026-02-30", "-000001-01-01", "+010000-01-01"];
const TIMES = DATES.map((date) => `${date}T23:59:59.999Z`);
const OTHERS = [null, true, [], {}, [1], { length: 1 }];

/** Each key with one part that is replaced. */
function madeUp(key: unknown[]): string[] {
  const parts = [...NUMBERS, ...TEXTS, ...DATES, ...TIMES, ...OTHERS];
  return key.flatMap((_, index) => parts.map((part) => cursorOf(key.with(index, part))));
}

let db: Db;
ownDatabase((own) => {
  db = own;
}, OPEN_SETTINGS);
beforeEach(async () => {
  await addApiWorld(db);
  await fireWeekly(db, new Date().toISOString());
  await fireMonthly(db, new Date().toISOString());
});

async function readFrom({ path, ...request }: OperationRequest, cursor: string) {
  const from = `${path}${path.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(cursor)}`;
  const headers = request.credentials.length === 0 ? {} : { authorization: `Bearer ${ADMIN_TOKEN}` };
  const response = await sendTo({ ...request, path: from }, headers);
  const { error } = (await response.json()) as { error?: { field?: string } };
  return { cursor, status: response.status, field: error?.field };
}

describe.each(lists)("$name", ({ name, request, key }) => {
  it("reads on from a key that is made up, or refuses it and names the cursor", async () => {
    for (const cursor of madeUp(key)) {
      const { status, field } = await readFrom(request, cursor);
      expect([200, 400], cursor).toContain(status);
      if (status === 400) expect(field, cursor).toBe("cursor");
    }
  });

  it("treats a cursor of another list in the same way", async () => {
    for (const other of lists.filter((list) => list.name !== name)) {
      const { status } = await readFrom(request, cursorOf(other.key));
      expect([200, 400], other.name).toContain(status);
      if (other.key.length !== key.length) expect(status, other.name).toBe(400);
    }
  });

  it("refuses what is not a cursor", async () => {
    for (const text of ["", " ", "next", "a.b", "%00", "[]", cursorOf([]), cursorOf([...key, 1]), "A".repeat(10_000)]) {
      expect(await readFrom(request, text)).toEqual({ cursor: text, status: 400, field: "cursor" });
    }
  });
});
