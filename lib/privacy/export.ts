import { type SQL, sql } from "drizzle-orm";
import { type Db, rows, transact } from "../db/db.ts";
import type { Person, Sections } from "./person.ts";

/**
 * Exports a person's data as one JSON document, in pieces of which only one list is in memory at a time. Instants are in
 * UTC, even if the database's sessions use another zone.
 */
export async function* exportPerson(db: Db, person: Person, sectionsOf: Sections, now: Date): AsyncGenerator<string> {
  const { userId = null, addresses, names } = person;
  yield `{\n  "exportedAt": ${JSON.stringify(now)},\n  "about": ${JSON.stringify({ userId, addresses, names })}`;
  for (const [section, query] of Object.entries(sectionsOf(person))) {
    yield `,\n  ${JSON.stringify(section)}: [`;
    const items = await readSection(db, query);
    for (const [index, item] of items.entries()) yield `${index === 0 ? "" : ","}\n    ${item}`;
    yield items.length === 0 ? "]" : "\n  ]";
  }
  yield "\n}\n";
}

/** The database writes the JSON: instants in ISO 8601, in the zone of its session, so the zone is set. */
async function readSection(db: Db, query: SQL): Promise<string[]> {
  const items = await transact(db, async (tx) => {
    await rows(tx, sql`select set_config('TimeZone', 'UTC', true)`);
    return rows<{ item: string }>(tx, sql`select to_jsonb(section)::text as item from (${query}) as section`);
  });
  return items.map(({ item }) => item);
}
