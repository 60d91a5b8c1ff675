import { randomUUID } from "node:crypto";
import * as z from "zod";
import { config } from "../../config/config.ts";
import type { Db } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { admins } from "../../http/access.ts";
import { operation, Reply } from "../../http/operation.ts";
import { sentInstant } from "../../http/responses/fields.ts";
import { listOf, wholeList } from "../../http/responses/pages.ts";
import { makeLinkToken, operatorSeed, type TokenSeed } from "../../mail/queue/link-token.ts";
import { hasOperators } from "../../operators/accounts.ts";
import {
  acceptInvitationOf,
  createInvitation,
  findInvitation,
  type Invitation,
  listOpenInvitations,
  renewInvitation,
  revokeOpenInvitation,
} from "../../operators/invitations.ts";
import { deployers, visitors } from "./account-access.ts";
import { recordByOperator } from "./account-audit.ts";
import { accountEmail, DONE, done, language, linkToken, newPassword, operatorName, role } from "./fields.ts";
import { linkTo, mailInvitation } from "./messages/account-mails.ts";
import { answerOf, COOKIE_HEADERS, headersWithoutSession, openAuth, settingCookies } from "./open-auth.ts";
import { requireOtherThanAddress } from "./password-operations.ts";

/** Inviting operators, and how they answer. */

const invitationItem = z
  .object({
    id: z.string(),
    email: z.string(),
    role,
    language,
    invitedBy: z.string().nullable().meta({ description: "The name of the operator; null for ADMIN_TOKEN." }),
    createdAt: sentInstant,
    expiresAt: sentInstant.meta({ description: "When its link expires. After that it can be sent again." }),
  })
  .meta({ id: "Invitation", description: "An invitation that is neither accepted nor revoked." });

const invitationSent = z
  .object({
    invitation: invitationItem,
    mail: z.enum(["sent", "queued", "no-sender"]).meta({
      description:
        "`queued`: the mail server did not take the mail at once; it is tried again. `no-sender`: no mail can be sent (`EMAIL_FROM`).",
    }),
    link: z
      .string()
      .nullable()
      .meta({
        description: "The link, to be passed on by other means if there is no sender; otherwise null.",
        examples: [null],
      }),
  })
  .meta({ id: "InvitationSent", description: "The invitation, and what became of its mail." });

const inviteBody = z
  .strictObject({ email: accountEmail, role, language: language.default("de") })
  .meta({ id: "InviteOperatorRequest", description: "Whom to invite, as what, and in which language." });

const CONFLICT = "An operator with this address exists already.";

export const inviteOperator = operation({
  id: "inviteOperator",
  method: "POST",
  path: "/api/auth/invitations",
  access: admins,
  summary: "Invites an operator by mail.",
  description: "The link is valid for 7 days, once. A new invitation of the same address replaces the earlier one.",
  body: inviteBody,
  responses: { 201: { description: "The invitation.", schema: invitationSent }, 409: CONFLICT },
  audit: ({ body }, result) => ({
    subject: result instanceof Reply ? result.body.invitation.id : undefined,
    details: { role: body.role },
  }),
  handle: async ({ db, body, caller, request, now }) => {
    const seed = operatorSeed();
    const invitedBy = caller.actor.kind === "operator" ? caller.actor.id : null;
    const invitation = await createInvitation(db, { ...body, invitedBy }, makeLinkToken(seed), now);
    return new Reply(201, await send(db, invitation, seed, request, now));
  },
});

/** The links lead to where the caller has reached the console, who is an admin. */
async function send(db: Db, invitation: Invitation, seed: TokenSeed, request: Request, now: Date) {
  const base = config().baseUrl ?? new URL(request.url).origin;
  const mail = await mailInvitation(db, invitation, base, seed, now);
  const link = mail === "no-sender" ? linkTo("invitation", base, makeLinkToken(seed)) : null;
  return { invitation, mail, link };
}

export const createFirstOperator = operation({
  id: "createFirstOperator",
  method: "POST",
  path: "/api/auth/first-operator",
  access: deployers,
  summary: "Invites the first admin, with ADMIN_TOKEN, as long as there is no operator.",
  body: z
    .strictObject({ email: accountEmail, language: language.default("de") })
    .meta({ id: "FirstOperatorRequest", description: "Who becomes the first admin." }),
  responses: {
    201: { description: "The invitation, always with its link.", schema: invitationSent },
    409: "There is an operator already; admins invite others.",
  },
  audit: (_, result) => ({ subject: result instanceof Reply ? result.body.invitation.id : undefined }),
  handle: async ({ db, body, request, now }) => {
    if (await hasOperators(db)) throw new AppError("conflict", "There is an operator already; admins invite others.");
    const seed = operatorSeed();
    const token = makeLinkToken(seed);
    const invitation = await createInvitation(db, { ...body, role: "admin", invitedBy: null }, token, now);
    const sent = await send(db, invitation, seed, request, now);
    const base = config().baseUrl ?? new URL(request.url).origin;
    return new Reply(201, { ...sent, link: linkTo("invitation", base, token) });
  },
});

export const listInvitations = operation({
  id: "listInvitations",
  method: "GET",
  path: "/api/auth/invitations",
  access: admins,
  summary: "Lists the invitations that wait for an answer, the latest first.",
  responses: { 200: { description: "The invitations.", schema: listOf("InvitationList", invitationItem) } },
  handle: async ({ db }) => wholeList(await listOpenInvitations(db)),
});

const invitationParams = z.strictObject({
  id: z.uuid({ error: "the id of an invitation" }).meta({
    description: "The invitation.",
    examples: ["00000000-0000-4000-8000-000000000000"],
  }),
});

export const revokeInvitation = operation({
  id: "revokeInvitation",
  method: "DELETE",
  path: "/api/auth/invitations/{id}",
  access: admins,
  summary: "Revokes an invitation; its link ends.",
  params: invitationParams,
  responses: { 200: { description: "The invitation is revoked.", schema: done }, 404: "There is no open invitation." },
  handle: async ({ db, params, now }) => {
    if (!(await revokeOpenInvitation(db, params.id, now))) throw noInvitation(params.id);
    return DONE;
  },
});

export const resendInvitation = operation({
  id: "resendInvitation",
  method: "POST",
  path: "/api/auth/invitations/{id}/resend",
  access: admins,
  summary: "Sends an invitation again, with a new link. The earlier link ends.",
  params: invitationParams,
  responses: {
    200: { description: "The invitation.", schema: invitationSent },
    404: "There is no open invitation.",
  },
  handle: async ({ db, params, request, now }) => {
    const seed = operatorSeed();
    const invitation = await renewInvitation(db, params.id, makeLinkToken(seed), now);
    if (invitation === undefined) throw noInvitation(params.id);
    return send(db, invitation, seed, request, now);
  },
});

const noInvitation = (id: string) => new AppError("not-found", `There is no open invitation ${id}.`);

const LINK_EXPIRED = "The link was used, has expired or was replaced by a newer one (`link-expired`).";

export const getInvitation = operation({
  id: "getInvitation",
  method: "POST",
  path: "/api/auth/invitations/open",
  access: visitors,
  summary: "Shows the invitation of a link. It uses nothing up.",
  description: "It is sent with POST so that no log of addresses contains the token.",
  body: z.strictObject({ token: linkToken }).meta({ id: "InvitationLink", description: "The link of the mail." }),
  responses: {
    200: {
      description: "The invitation.",
      schema: invitationItem
        .pick({ email: true, role: true, language: true, invitedBy: true, expiresAt: true })
        .meta({ id: "OpenInvitation", description: "What someone is invited to." }),
    },
    410: LINK_EXPIRED,
  },
  handle: async ({ db, body, now }) => {
    const { email, role, language, invitedBy, expiresAt } = await findInvitation(db, body.token, now);
    return { email, role, language, invitedBy, expiresAt };
  },
});

export const acceptInvitation = operation({
  id: "acceptInvitation",
  method: "POST",
  path: "/api/auth/invitations/accept",
  access: visitors,
  summary: "Makes the account of an invitation and signs in. The session may then only set up the second factor.",
  body: z
    .strictObject({ token: linkToken, name: operatorName, password: newPassword, language: language.optional() })
    .meta({ id: "AcceptInvitationRequest", description: "The link, and what the operator chose." }),
  responses: {
    200: { description: "The account is made; `startSecondFactor` comes next.", schema: done, headers: COOKIE_HEADERS },
    409: CONFLICT,
    410: LINK_EXPIRED,
    422: "The password is not allowed.",
  },
  handle: async ({ db, body, request, now }) => {
    const auth = await openAuth(db, request);
    const { email } = await findInvitation(db, body.token, now);
    requireOtherThanAddress("password", body.password, email);
    const passwordHash = await (await auth.$context).password.hash(body.password);
    const account = { id: randomUUID(), name: body.name, language: body.language, passwordHash };
    await acceptInvitationOf(db, body.token, account, now);
    await recordByOperator(db, account, "acceptInvitation", now);
    const { cookies } = await answerOf(
      auth.api.signInEmail({
        body: { email, password: body.password },
        headers: headersWithoutSession(request),
        returnHeaders: true,
      }),
    );
    return new Reply(200, DONE, settingCookies(cookies));
  },
});
