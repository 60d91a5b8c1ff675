import { sql } from "drizzle-orm";
import { type Db, json, rows } from "../../db/db.ts";
import { updateChanged } from "../../db/upsert.ts";
import type { Batch } from "../../http/batch.ts";

/** A table of what is set up: by what its rows are known, and what else they say. */
export interface CatalogTable {
  name: string;
  key: readonly string[];
  columns: readonly string[];
}

/** A row by the names of its columns. */
export type CatalogRow = Readonly<Record<string, string | number | boolean | null>>;

/** Creates and updates the rows that a batch stands for; those that would not change are left alone. */
export async function saveRows<T>(
  tx: Db,
  table: CatalogTable,
  batch: Batch<T>,
  slotRow: (value: T) => CatalogRow,
): Promise<void> {
  const all = sql.raw([...table.key, ...table.columns].join(", "));
  const name = sql.identifier(table.name);
  const written = await rows<{ key: string; created: boolean }>(
    tx,
    sql`insert into ${name} as old (${all})
      select ${all} from jsonb_populate_recordset(null::${name}, ${json(batch.items.map(({ value }) => slotRow(value)))})
      ${updateChanged(table.key, table.columns)}
      returning ${keyOf(table)} as key, old.xmax = 0 as created`,
  );
  const created = new Map(written.map((one) => [one.key, one.created]));
  for (const item of batch.items) {
    const fate = created.get(keyText(table, slotRow(item.value)));
    batch.settle(item, fate === undefined ? "unchanged" : fate ? "created" : "updated");
  }
}

/** Deletes the rows with the keys that a batch names. */
export async function deleteRows<T>(
  tx: Db,
  table: CatalogTable,
  batch: Batch<T>,
  slotRow: (value: T) => CatalogRow,
): Promise<void> {
  const keys = batch.items.map(({ value }) => keyText(table, slotRow(value)));
  const gone = await rows<{ key: string }>(
    tx,
    sql`delete from ${sql.identifier(table.name)} as old
      where ${keyOf(table)} in (select jsonb_array_elements_text(${json(keys)})) returning ${keyOf(table)} as key`,
  );
  const deleted = new Set(gone.map(({ key }) => key));
  for (const item of batch.items) {
    batch.settle(item, deleted.has(keyText(table, slotRow(item.value))) ? "deleted" : "not-found");
  }
}

/** A row's key as one text, in SQL and here: ids hold no spaces, and what is null is not said. */
const keyOf = ({ key }: CatalogTable) => sql.raw(`concat_ws(' ', ${key.map((column) => `old.${column}`).join(", ")})`);

const keyText = ({ key }: CatalogTable, row: CatalogRow): string =>
  key
    .map((column) => row[column])
    .filter((value) => value !== null)
    .join(" ");
