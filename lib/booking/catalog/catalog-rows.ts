import { sql } from "drizzle-orm";
import { type Db, json, rows } from "../../db/db.ts";
import { updateChanged } from "../../db/upsert.ts";
import type { Batch } from "../../http/batch.ts";

/** A table of the catalog: its key columns and its other columns. */
export interface CatalogTable {
  name: string;
  key: readonly string[];
  columns: readonly string[];
}

/** A row by the names of its columns. */
export type CatalogRow = Readonly<Record<string, string | number | boolean | null>>;

/** Creates and updates the rows of a batch. Rows that would not change are not written. */
export async function saveRows<T>(
  tx: Db,
  table: CatalogTable,
  batch: Batch<T>,
  rowOf: (value: T) => CatalogRow,
): Promise<void> {
  const all = sql.raw([...table.key, ...table.columns].join(", "));
  const name = sql.identifier(table.name);
  const written = await rows<{ key: string; created: boolean }>(
    tx,
    sql`insert into ${name} as old (${all})
      select ${all} from jsonb_populate_recordset(null::${name}, ${json(batch.items.map(({ value }) => rowOf(value)))})
      ${updateChanged(table.key, table.columns)}
      returning ${keySql(table)} as key, old.xmax = 0 as created`,
  );
  const createdByKey = new Map(written.map(({ key, created }) => [key, created]));
  for (const item of batch.items) {
    const created = createdByKey.get(keyText(table, rowOf(item.value)));
    batch.settle(item, created === undefined ? "unchanged" : created ? "created" : "updated");
  }
}

/** Deletes the rows whose keys a batch contains. */
export async function deleteRows<T>(
  tx: Db,
  table: CatalogTable,
  batch: Batch<T>,
  rowOf: (value: T) => CatalogRow,
): Promise<void> {
  const keys = batch.items.map(({ value }) => keyText(table, rowOf(value)));
  const deletedRows = await rows<{ key: string }>(
    tx,
    sql`delete from ${sql.identifier(table.name)} as old
      where ${keySql(table)} in (select jsonb_array_elements_text(${json(keys)})) returning ${keySql(table)} as key`,
  );
  const deleted = new Set(deletedRows.map(({ key }) => key));
  for (const item of batch.items) {
    batch.settle(item, deleted.has(keyText(table, rowOf(item.value))) ? "deleted" : "not-found");
  }
}

/** The key of a row as one text. Ids contain no spaces, and null columns are left out. `keyText` builds the same. */
const keySql = ({ key }: CatalogTable) => sql.raw(`concat_ws(' ', ${key.map((column) => `old.${column}`).join(", ")})`);

const keyText = ({ key }: CatalogTable, row: CatalogRow): string =>
  key
    .map((column) => row[column])
    .filter((value) => value !== null)
    .join(" ");
