import * as z from "zod";
import { AppError, fieldError } from "../../errors.ts";
import { admins } from "../../http/access.ts";
import { instant, line } from "../../http/fields.ts";
import { operation, Reply } from "../../http/operation.ts";
import { sentInstant } from "../../http/responses/fields.ts";
import { listOf, wholeList } from "../../http/responses/pages.ts";
import { createToken, listTokens, newToken, revokeToken } from "../../operators/api-tokens.ts";
import { DONE, done, nullableInstant, role } from "./fields.ts";

/** API tokens, with which programs call the API. */

const tokenItem = z
  .object({
    id: z.string(),
    name: z.string(),
    role: role.meta({ description: "What a program with the token may do." }),
    hint: z.string().meta({ description: "The last four characters of the token.", examples: ["x9Qb"] }),
    createdBy: z.string().nullable().meta({ description: "The name of the operator; null for ADMIN_TOKEN." }),
    createdAt: sentInstant,
    expiresAt: nullableInstant.meta({ description: "Null for a token that does not expire." }),
    lastUsedAt: nullableInstant.meta({ description: "To the minute; null if it was never used." }),
    revokedAt: nullableInstant.meta({ description: "Null for a token that is not revoked." }),
  })
  .meta({ id: "ApiToken", description: "A token of a program, without the token itself." });

export const createApiToken = operation({
  id: "createApiToken",
  method: "POST",
  path: "/api/auth/api-tokens",
  access: admins,
  summary: "Creates an API token. It is shown only in this answer.",
  body: z
    .strictObject({
      name: line(100).trim().min(1, { error: "a name" }),
      role,
      expiresAt: instant.optional().meta({ description: "By default the token does not expire." }),
    })
    .meta({ id: "ApiTokenRequest", description: "What the token is for, and what it may do." }),
  example: { name: "Membership sync", role: "staff" },
  responses: {
    201: {
      description: "The token.",
      schema: z
        .object({
          token: z.string().meta({ description: "Keep it: only its hash is stored.", examples: ["twk_api_…"] }),
          apiToken: tokenItem,
        })
        .meta({ id: "NewApiToken", description: "The token, and its entry in the list." }),
    },
  },
  audit: ({ body }, result) => ({
    subject: result instanceof Reply ? result.body.apiToken.id : undefined,
    details: { name: body.name, role: body.role },
  }),
  handle: async ({ db, body, caller, now }) => {
    const { expiresAt = null } = body;
    if (expiresAt !== null && expiresAt <= now) {
      const got = expiresAt.toISOString();
      throw fieldError("invalid-body", { field: "expiresAt", expected: "an instant in the future", got });
    }
    const token = newToken();
    const createdBy = caller.actor.kind === "operator" ? caller.actor.id : null;
    const apiToken = await createToken(db, { ...body, expiresAt, createdBy }, token, now);
    return new Reply(201, { token, apiToken });
  },
});

export const listApiTokens = operation({
  id: "listApiTokens",
  method: "GET",
  path: "/api/auth/api-tokens",
  access: admins,
  summary: "Lists the API tokens, the latest first, also those that are revoked or have expired.",
  responses: { 200: { description: "The tokens.", schema: listOf("ApiTokenList", tokenItem) } },
  handle: async ({ db }) => wholeList(await listTokens(db)),
});

export const revokeApiToken = operation({
  id: "revokeApiToken",
  method: "DELETE",
  path: "/api/auth/api-tokens/{id}",
  access: admins,
  summary: "Revokes an API token at once.",
  params: z.strictObject({
    id: z.uuid({ error: "the id of an API token" }).meta({
      description: "The token's entry in the list.",
      examples: ["00000000-0000-4000-8000-000000000000"],
    }),
  }),
  responses: { 200: { description: "The token is revoked.", schema: done }, 404: "There is no such token." },
  handle: async ({ db, params, now }) => {
    if (!(await revokeToken(db, params.id, now)))
      throw new AppError("not-found", `There is no API token ${params.id}.`);
    return DONE;
  },
});
