import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { PoolConfig } from "pg";
import { inject } from "vitest";
import type { Connection } from "../../lib/db/client.ts";
import type { Db } from "../../lib/db/db.ts";
import { openPglite } from "../../lib/db/embedded.ts";
import { openPostgres } from "../../lib/db/postgres.ts";
import { TEMPLATE } from "./postgres-server.ts";

/** Creates a database on the run's Postgres server, migrated and otherwise empty, or as `template`. @returns its URL. */
export async function createDatabase(server = inject("postgresUrl"), template = TEMPLATE): Promise<string> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const admin = openPostgres(`${server}/postgres`);
  await admin.db.execute(sql.raw(`create database ${name} template ${template}`));
  await admin.close();
  return `${server}/${name}`;
}

/** A database of its own on the real server. */
export async function freshPostgres(options: PoolConfig = {}): Promise<Connection & { url: string }> {
  const url = await createDatabase();
  return { ...openPostgres(url, options), url };
}

/** The databases on which logic is tested. */
export const DATABASES: { name: string; open: () => Promise<Connection> }[] = [
  { name: "PGlite", open: () => openPglite() },
  { name: "Postgres", open: () => freshPostgres() },
];

/** Deletes everything but the catalogues. */
export async function empty(db: Db): Promise<void> {
  await db.execute(sql`truncate users, job_runs, period_changes, cron_watches, incidents, email_queue, email_suppressions,
    friendships, workouts, workout_activities, weekly_results, leaderboard_results, monthly_results, monthly_standings,
    monthly_rankings, user_badges, awards, notifications, providers, services, provider_availability,
    availability_exceptions, service_time_slots, booking_slots, slot_holds, slot_days, bookings restart identity`);
  await db.execute(sql`update email_rate set grants = '[]'`); // its one row is part of the schema
  await db.execute(sql`delete from exercises where id not in (
    'pullups', 'pushups', 'situps', 'squats', 'burpees', 'lunges', 'dips', 'plank', 'jump-rope', 'yoga',
    'running', 'cycling', 'swimming', 'rowing', 'walking')`);
}
