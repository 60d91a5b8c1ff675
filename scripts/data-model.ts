import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type CatalogTable, readCatalog } from "./data-model/catalog.ts";
import { type DeclaredTable, declaredTables } from "./data-model/declared.ts";
import { dataModelPage } from "./data-model/page.ts";
import { AREAS } from "./data-model/tables.ts";

const PAGE = "docs/data-model.md";

/** Writes docs/data-model.md; with `--check`, fails if the page is not what would be written. */
async function main(): Promise<void> {
  const [{ tables, extensions }, declared] = [await readCatalog(), await declaredTables()];
  const byName = new Map(tables.map((table) => [table.name, table]));
  const problems = [...differences(byName, declared), ...noteProblems(byName)];
  if (problems.length > 0) {
    for (const problem of problems) console.error(`data model: ${problem}`);
    process.exitCode = 1;
    return;
  }
  const page = dataModelPage(byName, declared, extensions);
  if (!process.argv.includes("--check")) {
    writeFileSync(PAGE, page);
    console.log(`${PAGE}: ${tables.length} tables`);
  } else if (!existsSync(PAGE) || readFileSync(PAGE, "utf8") !== page) {
    console.error(`${PAGE} is out of date. Run: npm run data-model`);
    process.exitCode = 1;
  }
}

/** Tables and columns that only the migrations or only the Drizzle schemas have. */
function differences(tables: Map<string, CatalogTable>, declared: Map<string, DeclaredTable>): string[] {
  const names = new Set([...tables.keys(), ...declared.keys()]);
  return [...names].flatMap((name) => {
    const [table, schema] = [tables.get(name), declared.get(name)];
    if (table === undefined) return [`${schema?.file} declares ${name}, and no migration creates it`];
    if (schema === undefined) return [`a migration creates ${name}, and no schema under lib/ declares it`];
    const [migrated, columns] = [table.columns.map((column) => column.name).sort(), [...schema.columns].sort()];
    return migrated.join() === columns.join() ? [] : [`the columns of ${name} differ: ${migrated} and ${columns}`];
  });
}

/** Tables without a note in scripts/data-model/, and notes that name a table or a file that does not exist. */
function noteProblems(tables: Map<string, CatalogTable>): string[] {
  const notes = new Map(AREAS.flatMap((area) => Object.entries(area.tables)));
  const references = AREAS.flatMap((area) => area.references ?? []);
  const named = [...notes.keys(), ...references.flatMap(({ from, to }) => [from, to])];
  const files = [...notes.values()].flatMap(({ writtenBy }) => writtenBy);
  return [
    ...[...tables.keys()].filter((name) => !notes.has(name)).map((name) => `no line about ${name}`),
    ...named.filter((name) => !tables.has(name)).map((name) => `there is no table ${name}`),
    ...files.filter((file) => !existsSync(file)).map((file) => `there is no file ${file}`),
  ].map((problem) => `${problem} (scripts/data-model/)`);
}

await main();
