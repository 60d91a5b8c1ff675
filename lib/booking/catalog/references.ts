import { inArray } from "drizzle-orm";
import type { Db } from "../../db/db.ts";
import type { Batch } from "../../http/batch.ts";
import { providers, services } from "../schema.ts";

/** Rejects the items of a batch whose provider does not exist. */
export async function rejectUnknownProviders<T extends { providerId: string }>(tx: Db, batch: Batch<T>): Promise<void> {
  const ids = batch.items.map(({ value }) => value.providerId);
  const known = await existingIds(tx, providers, ids);
  batch.reject(({ providerId: got }) =>
    known.has(got)
      ? undefined
      : { code: "unknown-provider", field: "providerId", expected: "the id of a known provider", got },
  );
}

/** Rejects the items of a batch whose service does not exist. */
export async function rejectUnknownServices<T extends { serviceId: string }>(tx: Db, batch: Batch<T>): Promise<void> {
  const ids = batch.items.map(({ value }) => value.serviceId);
  const known = await existingIds(tx, services, ids);
  batch.reject(({ serviceId: got }) =>
    known.has(got)
      ? undefined
      : { code: "unknown-service", field: "serviceId", expected: "the id of a known service", got },
  );
}

async function existingIds(tx: Db, table: typeof providers | typeof services, ids: string[]): Promise<Set<string>> {
  const existing = await tx
    .select({ id: table.id })
    .from(table)
    .where(inArray(table.id, [...new Set(ids)]));
  return new Set(existing.map(({ id }) => id));
}
