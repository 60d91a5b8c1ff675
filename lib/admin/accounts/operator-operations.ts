import * as z from "zod";
import { transact } from "../../db/db.ts";
import { takeLock } from "../../db/locks.ts";
import { AppError } from "../../errors.ts";
import { admins } from "../../http/access.ts";
import { id } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { sentInstant } from "../../http/responses/fields.ts";
import { listOf, wholeList } from "../../http/responses/pages.ts";
import { changeAccount, listAccounts, requireAdmin } from "../../operators/accounts.ts";
import { deleteOperators } from "./erase-operators.ts";
import { DONE, done, language, nullableInstant, role } from "./fields.ts";

/** What admins do with the accounts of operators. */

const operatorItem = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role,
    language,
    hasSecondFactor: z.boolean(),
    createdAt: sentInstant,
    disabledAt: nullableInstant.meta({ description: "Since when the account cannot sign in; null if it can." }),
    lastSeenAt: nullableInstant.meta({ description: "To the day; null if the operator is signed in nowhere." }),
  })
  .meta({ id: "Operator", description: "The account of an operator." });

export const listOperators = operation({
  id: "listOperators",
  method: "GET",
  path: "/api/auth/operators",
  access: admins,
  summary: "Lists the accounts of operators by name.",
  responses: { 200: { description: "The accounts.", schema: listOf("OperatorList", operatorItem) } },
  handle: async ({ db }) => wholeList(await listAccounts(db)),
});

const operatorParams = z.strictObject({ id: id.meta({ description: "The operator.", examples: ["one-of-mine"] }) });

export const updateOperator = operation({
  id: "updateOperator",
  method: "PATCH",
  path: "/api/auth/operators/{id}",
  access: admins,
  summary: "Changes an operator's role, or disables or enables the account.",
  description:
    "The change counts from the next request on: a disabled account's sessions end at once. One admin always remains.",
  params: operatorParams,
  body: z
    .strictObject({ role: role.optional(), disabled: z.boolean({ error: "true or false" }).optional() })
    .meta({ id: "OperatorChange", description: "Fields that are left out keep their values." }),
  example: { role: "staff" },
  responses: {
    200: { description: "The account.", schema: operatorItem },
    404: "There is no such operator.",
    409: "No admin would remain.",
  },
  audit: ({ params, body }) => ({ subject: params.id, details: { ...body } }),
  handle: async ({ db, params, body, now }) => {
    const account = await changeAccount(db, params.id, body, now);
    if (account === undefined) throw noOperator(params.id);
    return account;
  },
});

export const deleteOperator = operation({
  id: "deleteOperator",
  method: "DELETE",
  path: "/api/auth/operators/{id}",
  access: admins,
  summary: "Deletes the account of someone who has left, with their name in all records.",
  description:
    "What they did stays in the audit log, under the id of the account. To keep the account, disable it instead.",
  params: operatorParams,
  responses: {
    200: { description: "The account is deleted.", schema: done },
    404: "There is no such operator.",
    409: "No admin would remain.",
  },
  handle: async ({ db, params }) => {
    await transact(db, async (tx) => {
      await takeLock(tx, "operators");
      if ((await deleteOperators(tx, [params.id])) === 0) throw noOperator(params.id);
      await requireAdmin(tx);
    });
    return DONE;
  },
});

const noOperator = (id: string) => new AppError("not-found", `There is no operator ${JSON.stringify(id)}.`);
