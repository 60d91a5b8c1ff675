import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import type { Db } from "../../../lib/db/db.ts";
import { backgroundWork } from "../../../lib/http/background.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import {
  everyCaller,
  isClosedWithoutSettings,
  type KnownCaller,
  OPEN_SETTINGS,
  type Verdict,
  verdictFor,
} from "../../support/http/callers.ts";
import { everyOperation, type OperationRequest, sendTo } from "../../support/http/every-operation.ts";
import { addApiWorld } from "../../worlds/api-world.ts";
import { addOperators } from "../../worlds/operators.ts";

/** Who may call what: every caller at every operation, and what the operation's declared access says (docs/domain.md, section 9). */

const operations = await everyOperation();
const named = operations.map((request) => [request.id, request] as const);

let callers: KnownCaller[];
let db: Db;
ownDatabase((own) => {
  db = own;
}, OPEN_SETTINGS);
beforeAll(async () => {
  callers = await everyCaller();
});
beforeEach(async () => {
  await addApiWorld(db);
  await addOperators(db);
});

async function ask(request: OperationRequest, { headers }: KnownCaller) {
  const response = await sendTo(request, headers);
  await backgroundWork();
  return response;
}

/** What each caller got, by name. */
async function byCaller<T>(read: (caller: KnownCaller) => T | Promise<T>): Promise<Record<string, T>> {
  const all: Record<string, T> = {};
  for (const caller of callers) all[caller.name] = await read(caller);
  return all;
}

describe("by its declared access", () => {
  it.each(named)("%s lets in some and refuses the others", async (_, request) => {
    const received = await byCaller(async (caller): Promise<Verdict | "a fault"> => {
      const response = await ask(request, caller);
      if ((await response.text()).includes('"code":"internal"')) return "a fault";
      return response.status === 401 || response.status === 403 ? response.status : "let in";
    });
    expect(received).toEqual(await byCaller((caller) => verdictFor(request, caller)));
  });
});

it("these operations are open to everyone, and no others", () => {
  const open = operations.filter(({ credentials }) => credentials.length === 0).map(({ id }) => id);
  expect(open.sort()).toEqual([
    "acceptInvitation",
    "createBooking",
    "getDatabaseHealth",
    "getHealth",
    "getInvitation",
    "getServiceHealth",
    "getSession",
    "holdSlot",
    "listProviders",
    "listServices",
    "listSlots",
    "releaseHold",
    "requestPasswordReset",
    "resetPassword",
    "showUnsubscribePage",
    "signIn",
    "unsubscribe",
    "useBackupCode",
    "verifySecondFactor",
  ]);
});

describe("as long as nothing is set", () => {
  it.each(named.filter(([, request]) => isClosedWithoutSettings(request)))("%s is closed", async (_, request) => {
    configure({});
    const received = await byCaller(async (caller) => (await ask(request, caller)).status);
    expect(received).toEqual(await byCaller(() => 503));
  });
});
