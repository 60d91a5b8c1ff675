import { randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { at, type Db, rows, transact, type WithInstants, withInstants } from "../db/db.ts";
import { takeLock } from "../db/locks.ts";
import { AppError } from "../errors.ts";
import { sha256 } from "../hash.ts";
import { DAY_MS } from "../time/durations.ts";
import type { Language } from "../users/languages.ts";
import type { Role } from "./roles.ts";

/** How long the link of an invitation is valid. */
export const INVITATION_MS = 7 * DAY_MS;

interface StoredInvitation {
  id: string;
  email: string;
  role: Role;
  language: Language;
  /** The name of the operator who invited; null for the first account, or if the inviter's account is gone. */
  invitedBy: string | null;
  createdAt: string;
  expiresAt: string;
}

/** An invitation that is neither accepted nor revoked. */
export type Invitation = WithInstants<StoredInvitation, "createdAt" | "expiresAt">;

/** What someone is invited to. */
export interface NewInvitation {
  email: string;
  role: Role;
  language: Language;
  /** The operator who invites; null for `ADMIN_TOKEN` and API tokens. */
  invitedBy: string | null;
}

/**
 * Invites an address. The links of its earlier invitations end.
 * @param token The token of the link; only its hash is stored.
 * @throws AppError `conflict` (409) if the address has an account.
 */
export function createInvitation(db: Db, invited: NewInvitation, token: string, now: Date): Promise<Invitation> {
  return transact(db, async (tx) => {
    await takeLock(tx, "operators"); // two invitations at once would both stay valid
    await requireNoAccount(tx, invited.email);
    await rows(
      tx,
      sql`update operator_invitations set revoked_at = ${at(now)}
        where email = ${invited.email} and accepted_at is null and revoked_at is null`,
    );
    const id = randomUUID();
    await rows(
      tx,
      sql`insert into operator_invitations (id, email, role, language, token_hash, invited_by, created_at, expires_at)
        values (${id}, ${invited.email}, ${invited.role}, ${invited.language}, ${sha256(token)}, ${invited.invitedBy},
          ${at(now)}, ${at(new Date(now.getTime() + INVITATION_MS))})`,
    );
    const [invitation] = await findOpen(tx, sql`invitation.id = ${id}`);
    if (invitation === undefined) throw new Error("expected the invitation that was just written, got none");
    return invitation;
  });
}

/** Replaces the link of an open invitation, which may have expired. @returns undefined if there is none with this id. */
export async function renewInvitation(db: Db, id: string, token: string, now: Date): Promise<Invitation | undefined> {
  await rows(
    db,
    sql`update operator_invitations set token_hash = ${sha256(token)},
        expires_at = ${at(new Date(now.getTime() + INVITATION_MS))}
      where id = ${id}::uuid and accepted_at is null and revoked_at is null`,
  );
  return (await findOpen(db, sql`invitation.id = ${id}::uuid`))[0];
}

/** @returns false if there is no open invitation with this id. */
export async function revokeOpenInvitation(db: Db, id: string, now: Date): Promise<boolean> {
  const revoked = await rows(
    db,
    sql`update operator_invitations set revoked_at = ${at(now)}
      where id = ${id}::uuid and accepted_at is null and revoked_at is null returning id`,
  );
  return revoked.length > 0;
}

/** The invitations that wait for an answer, also those whose link has expired; the latest first. */
export const listOpenInvitations = (db: Db): Promise<Invitation[]> => findOpen(db, sql`true`);

/** @throws AppError `link-expired` (410) if the link was used, has expired or was revoked. */
export async function findInvitation(db: Db, token: string, now: Date): Promise<Invitation> {
  const [found] = await findOpen(
    db,
    sql`invitation.token_hash = ${sha256(token)} and invitation.expires_at > ${at(now)}`,
  );
  if (found === undefined) throw linkExpired();
  return found;
}

/** The error for a link that does not work any more. It does not say why, so that nobody learns which links exist. */
export const linkExpired = (): AppError =>
  new AppError("link-expired", "This link was used before, has expired or was replaced by a newer one.");

/** An account to be made of an invitation. */
export interface NewAccount {
  id: string;
  name: string;
  /** By default that of the invitation. */
  language: Language | undefined;
  passwordHash: string;
}

/**
 * Makes the account of an invitation and uses the link up.
 * @throws AppError `link-expired` (410), or `conflict` (409) if the address has got an account meanwhile.
 */
export function acceptInvitationOf(db: Db, token: string, account: NewAccount, now: Date): Promise<Invitation> {
  return transact(db, async (tx) => {
    await takeLock(tx, "operators"); // a link that is used twice at once is used by the first
    const invitation = await findInvitation(tx, token, now);
    await rows(tx, sql`update operator_invitations set accepted_at = ${at(now)} where id = ${invitation.id}::uuid`);
    await requireNoAccount(tx, invitation.email);
    await rows(
      tx,
      sql`insert into operators (id, name, email, email_verified, role, language, created_at, updated_at)
        values (${account.id}, ${account.name}, ${invitation.email}, true, ${invitation.role},
          ${account.language ?? invitation.language}, ${at(now)}, ${at(now)})`,
    );
    await rows(
      tx,
      sql`insert into operator_credentials (id, account_id, provider_id, operator_id, password, created_at, updated_at)
        values (${randomUUID()}, ${account.id}, 'credential', ${account.id}, ${account.passwordHash}, ${at(now)},
          ${at(now)})`,
    );
    return invitation;
  });
}

async function requireNoAccount(tx: Db, email: string): Promise<void> {
  const found = await rows(tx, sql`select from operators where email = ${email}`);
  if (found.length > 0) throw new AppError("conflict", "An operator with this e-mail address exists already.");
}

async function findOpen(db: Db, which: SQL): Promise<Invitation[]> {
  const found = await rows<StoredInvitation>(
    db,
    sql`select invitation.id, invitation.email, invitation.role, invitation.language, inviter.name as "invitedBy",
        invitation.created_at as "createdAt", invitation.expires_at as "expiresAt"
      from operator_invitations as invitation left join operators as inviter on inviter.id = invitation.invited_by
      where invitation.accepted_at is null and invitation.revoked_at is null and ${which}
      order by invitation.created_at desc, invitation.id`,
  );
  return withInstants(found, "createdAt", "expiresAt");
}
