import { globSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";

/** A table as a Drizzle schema declares it. */
export interface DeclaredTable {
  name: string;
  /** The file that declares it. */
  file: string;
  columns: string[];
  /** Names of its constraints and indexes. */
  rules: Set<string>;
}

/** The tables that the Drizzle schemas under `lib/` declare, by name. */
export async function declaredTables(): Promise<Map<string, DeclaredTable>> {
  const tables = new Map<string, DeclaredTable>();
  for (const file of globSync("lib/**/*schema.ts").sort()) {
    const module = (await import(pathToFileURL(resolve(file)).href)) as Record<string, unknown>;
    for (const value of Object.values(module)) {
      if (!is(value, PgTable)) continue;
      const { schema, name, columns, checks, indexes, uniqueConstraints, primaryKeys, foreignKeys } =
        getTableConfig(value);
      const fullName = schema === undefined ? name : `${schema}.${name}`;
      const named = [
        ...checks.map((check) => check.name),
        ...indexes.map((index) => index.config.name),
        ...uniqueConstraints.map((constraint) => constraint.getName()),
        ...primaryKeys.map((key) => key.getName()),
        ...foreignKeys.map((key) => key.getName()),
        ...columns.flatMap((column) => (column.isUnique ? [column.uniqueName] : [])),
        ...(columns.some((column) => column.primary) ? [`${name}_pkey`] : []),
      ];
      const rules = new Set(named.filter((rule) => rule !== undefined));
      tables.set(fullName, { name: fullName, file, columns: columns.map((column) => column.name), rules });
    }
  }
  return tables;
}
