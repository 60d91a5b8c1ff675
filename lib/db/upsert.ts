import { type SQL, sql } from "drizzle-orm";

/** `on conflict … do update` into a table known as `old`: columns take the new values, in rows where one differs. */
export function updateChanged(key: readonly string[], columns: readonly string[]): SQL {
  const of = (row: "old" | "excluded") => columns.map((column) => `${row}.${column}`).join(", ");
  const assignments = columns.map((column) => `${column} = excluded.${column}`).join(", ");
  return sql.raw(
    `on conflict (${key.join(", ")}) do update set ${assignments} where (${of("old")}) is distinct from (${of("excluded")})`,
  );
}
