import { sql } from "drizzle-orm";
import { at, type Db, rows } from "../db/db.ts";
import { DAY_MS } from "../time/durations.ts";

/** How long an invitation is kept after its link has ended: so long an admin can see that it was not accepted, and send it again. */
const INVITATION_DAYS = 30;

/** Deletes what has ended of sessions, links, codes and invitations, at most `limit` of each. @returns how many. */
export async function forgetEnded(tx: Db, now: Date, limit: number) {
  const sessions = await rows(
    tx,
    sql`delete from operator_sessions where id in (select id from operator_sessions
      where expires_at < ${at(now)} limit ${limit}) returning id`,
  );
  const codes = await rows(
    tx,
    sql`delete from operator_verifications where id in (select id from operator_verifications
      where expires_at < ${at(now)} order by expires_at limit ${limit}) returning id`,
  );
  const before = new Date(now.getTime() - INVITATION_DAYS * DAY_MS);
  const invitations = await rows(
    tx,
    sql`delete from operator_invitations where id in (select id from operator_invitations
      where least(accepted_at, revoked_at, expires_at) < ${at(before)} limit ${limit}) returning id`,
  );
  return { sessions: sessions.length, codes: codes.length, invitations: invitations.length };
}
