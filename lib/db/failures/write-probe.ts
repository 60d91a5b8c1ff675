import { sql } from "drizzle-orm";
import { type Db, rows } from "../db.ts";
import { type Outage, whyUnavailable } from "./unavailable.ts";

/**
 * Writes to the database to check that it accepts writes. On a read-only server or a full disk it throws as any write would. A full
 * disk still has room in existing pages, so the table is truncated first, which needs a new page each time. If a backup reads the
 * table, it cannot be truncated, and only a row is added.
 */
export async function probeWrites(db: Db): Promise<void> {
  await rows(
    db,
    sql`do $$ begin
      perform set_config('lock_timeout', '100ms', true);
      begin
        truncate write_probe;
      exception when lock_not_available then null;
      end;
      insert into write_probe (n) values (1);
    end $$`,
  );
}

/** Why the database accepts no writes, with its error; undefined if it accepts them or has another fault. */
export async function whyNoWrites(db: Db): Promise<{ outage: Outage; error: unknown } | undefined> {
  try {
    await probeWrites(db);
    return undefined;
  } catch (error) {
    const outage = whyUnavailable(error);
    return outage && { outage, error };
  }
}

/** How long an instance remembers that writes work, so that health checks cannot cause many writes. */
const REMEMBERED_MS = 15_000;
/** A probe that is under way for longer may never end. */
const SHARED_MS = 2_000;

interface Probe {
  startedAt: number;
  done: Promise<void>;
  passed: boolean;
}

const probes = new WeakMap<object, Probe>();

/** Does the same, but shares the result between simultaneous and following callers. A failed probe is not remembered. */
export function probeWritesNowAndThen(db: Db): Promise<void> {
  const startedAt = performance.now();
  const known = probes.get(db);
  if (known !== undefined && startedAt - known.startedAt < (known.passed ? REMEMBERED_MS : SHARED_MS))
    return known.done;
  const probe: Probe = { startedAt, done: probeWrites(db), passed: false };
  probe.done.then(
    () => {
      probe.passed = true;
    },
    () => {
      if (probes.get(db) === probe) probes.delete(db);
    },
  );
  probes.set(db, probe);
  return probe.done;
}
