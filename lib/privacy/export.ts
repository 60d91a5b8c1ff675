import { sql } from "drizzle-orm";
import { type Db, rows } from "../db/db.ts";
import type { Person } from "./match-person.ts";
import { sectionsOf } from "./sections.ts";

/**
 * Everything of a person as one JSON document, in pieces: a list for each area, of which one at a time is in memory. It
 * says whom it is about, and of when it is; its parts are read one after the other.
 */
export async function* exportPerson(db: Db, person: Person, now: Date): AsyncGenerator<string> {
  const { userId = null, addresses, names } = person;
  yield `{\n  "exportedAt": ${JSON.stringify(now)},\n  "about": ${JSON.stringify({ userId, addresses, names })}`;
  for (const [section, query] of Object.entries(sectionsOf(person))) {
    yield `,\n  ${JSON.stringify(section)}: [`;
    // As JSON that the database makes: instants in ISO 8601, numbers as they are.
    const found = await rows<{ one: string }>(
      db,
      sql`select to_jsonb(section)::text as one from (${query}) as section`,
    );
    for (const [index, { one }] of found.entries()) yield `${index === 0 ? "" : ","}\n    ${one}`;
    yield found.length === 0 ? "]" : "\n  ]";
  }
  yield "\n}\n";
}
