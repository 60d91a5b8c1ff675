import type { Area, Reference, TableNote } from "./area.ts";
import type { CatalogColumn, CatalogTable } from "./catalog.ts";
import type { DeclaredTable } from "./declared.ts";
import { AREAS } from "./tables.ts";

type Tables = ReadonlyMap<string, CatalogTable>;
type Declared = ReadonlyMap<string, DeclaredTable>;

const INTRODUCTION = `# Data model

<!-- Written by \`npm run data-model\` from the Drizzle schemas and the migrated database. Do not edit. -->

Each area has a diagram of its tables, a list with one line per table, and the rules that the database itself enforces.
[glossary.md](glossary.md) explains the terms.

In the diagrams, a solid line is a foreign key. A dashed line is a relation without one: the code keeps it, because checking a
foreign key at each write would cost more than the write. "null" marks columns that may be empty. Every \`timestamptz\` is an instant; a \`date\` is a local date unless the
line below says UTC. Text columns with ids compare byte by byte (\`COLLATE "C"\`).`;

/** The text of docs/data-model.md. */
export function dataModelPage(tables: Tables, declared: Declared, extensions: readonly string[]): string {
  const parts = [
    INTRODUCTION,
    ...AREAS.map((area) => areaPart(area, tables, declared)),
    onlyInMigrations(tables, declared, extensions),
  ];
  return `${parts.join("\n\n")}\n`;
}

function areaPart({ title, about, tables: notes, references = [] }: Area, tables: Tables, declared: Declared): string {
  const own = Object.keys(notes).map((name) => tableOf(tables, name));
  const list = own.map((table) => listLine(table, notes[table.name] as TableNote, declared));
  const rules = own.flatMap(ruleLines);
  return [
    `## ${title}`,
    ...(about === undefined ? [] : [about]),
    diagram(own, references),
    ["| table | holds | written by | declared in |", "|---|---|---|---|", ...list].join("\n"),
    ...(rules.length === 0 ? [] : ["Rules that the database enforces:", rules.join("\n")]),
  ].join("\n\n");
}

const tableOf = (tables: Tables, name: string): CatalogTable => tables.get(name) as CatalogTable;

function listLine(table: CatalogTable, { holds, writtenBy }: TableNote, declared: Declared): string {
  const files = writtenBy.map(link).join(", ") || "migrations";
  return `| \`${table.name}\` | ${holds} | ${files} | ${link(declared.get(table.name)?.file ?? "")} |`;
}

const link = (file: string): string => `[${file.replace(/^lib\//, "")}](../${file})`;

function diagram(tables: readonly CatalogTable[], references: readonly Reference[]): string {
  const lines = tables.flatMap((table) => [
    ...foreignKeys(table),
    ...referencesFrom(table.name, references),
    ...entity(table),
  ]);
  return ["```mermaid", "erDiagram", ...lines.map((line) => `  ${line}`), "```"].join("\n");
}

const foreignKeys = (table: CatalogTable): string[] =>
  table.constraints
    .filter(({ kind }) => kind === "foreign key")
    .map(({ target, columns }) => `${quoted(target ?? "")} ||--o{ ${quoted(table.name)} : "${columns.join(", ")}"`);

const referencesFrom = (name: string, references: readonly Reference[]): string[] =>
  references.filter(({ from }) => from === name).map(({ to, by }) => `${quoted(to)} ||..o{ ${quoted(name)} : "${by}"`);

function entity(table: CatalogTable): string[] {
  return [`${quoted(table.name)} {`, ...table.columns.map((column) => `  ${attribute(table, column)}`), "}"];
}

function attribute(table: CatalogTable, column: CatalogColumn): string {
  const of = (kind: string) => table.constraints.filter((constraint) => constraint.kind === kind);
  const keys = [
    ...(of("primary key").some(({ columns }) => columns.includes(column.name)) ? ["PK"] : []),
    ...(of("foreign key").some(({ columns }) => columns.includes(column.name)) ? ["FK"] : []),
    ...(of("unique").some(({ columns }) => columns.length === 1 && columns[0] === column.name) ? ["UK"] : []),
  ];
  const comment = column.generated === null ? (column.nullable ? ['"null"'] : []) : ['"generated"'];
  return [shortType(column.type), column.name, ...(keys.length === 0 ? [] : [keys.join(", ")]), ...comment].join(" ");
}

/** In one word without digits after it, as mermaid requires. */
const shortType = (type: string): string =>
  type.replace("timestamp with time zone", "timestamptz").replace(/\(.*\)/, "");

/** Mermaid takes a name with a dot only in quotes. */
const quoted = (name: string): string => (name.includes(".") ? `"${name}"` : name);

/** What decides which rows may exist, and what the database does by itself. */
function ruleLines(table: CatalogTable): string[] {
  const ofKind = (...kinds: string[]) => table.constraints.filter(({ kind }) => kinds.includes(kind));
  const expressions = [
    ...ofKind("unique", "exclusion", "check").map(({ definition }) => definition),
    ...table.indexes
      .filter(({ unique }) => unique)
      .map(({ definition }) => definition.replace(/^.* USING btree/, "UNIQUE")),
    ...ofKind("foreign key")
      .map(({ definition }) => definition)
      .filter((definition) => definition.includes("ON DELETE")),
    ...table.columns.flatMap(({ name, generated }) => (generated === null ? [] : [`${name} = ${generated}`])),
  ];
  const facts = [
    ...(table.unlogged ? ["unlogged: a crash empties it"] : []),
    ...(table.partitionedBy === null ? [] : [`partitioned by \`${table.partitionedBy}\``]),
    ...(table.seeded === 0 ? [] : [`the migrations insert ${table.seeded} ${table.seeded === 1 ? "row" : "rows"}`]),
    ...expressions.map((expression) => `\`${readable(expression)}\``),
  ];
  return facts.map((fact) => `- \`${table.name}\`: ${fact}`);
}

/** An expression without the casts and parentheses that Postgres adds. */
const readable = (expression: string): string =>
  expression
    .replace(/\s+/g, " ")
    .replace(/::(text|numeric|double precision)(\[\])?/g, "")
    .replace(/= ANY \(ARRAY\[(.*?)\]\)/g, "IN ($1)")
    .replace(/\((\w+)\)(?= *[)/])/g, "$1")
    .replace(/^CHECK \(\((.*)\)\)$/, "CHECK ($1)")
    .replace(/WHERE \(\((.*)\)\)$/, "WHERE ($1)");

/** What the database has and no Drizzle schema can declare. */
function onlyInMigrations(tables: Tables, declared: Declared, extensions: readonly string[]): string {
  const lines = [...tables.values()].flatMap((table) => {
    const rules = declared.get(table.name)?.rules ?? new Set();
    const undeclared = [...table.constraints, ...table.indexes].filter(({ name }) => !rules.has(name));
    const external = table.columns.filter((column) => column.external).map(({ name }) => name);
    return [
      ...(table.unlogged ? ["unlogged"] : []),
      ...(table.partitionedBy === null ? [] : [`partitioned by ${table.partitionedBy}`]),
      ...(table.options === null ? [] : [`storage options ${table.options}`]),
      ...(external.length === 0 ? [] : [`columns stored outside the row, uncompressed: ${external.join(", ")}`]),
      ...undeclared.map(({ name, definition }) => `${name}: \`${readable(definition)}\``),
    ].map((fact) => `- \`${table.name}\`: ${fact}`);
  });
  return [
    "## Only in the migrations",
    "Drizzle cannot declare the following. The files under `drizzle/` hold it:",
    [...extensions.map((name) => `- extension \`${name}\``), ...lines].join("\n"),
    "`raw.events` and `staging.events` have one partition per day (UTC) of `received_at`. " +
      "[partitions.ts](../lib/analytics/pipeline/partitions.ts) creates them 7 days ahead and drops whole days. " +
      "The sequence `raw.event_numbers` numbers events across all partitions.",
  ].join("\n\n");
}
