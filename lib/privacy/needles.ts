import { type SQL, sql } from "drizzle-orm";

/** Finding a person in what others have written: event data of sites, titles of appointments, errors. Pure. */

/** A person as far as they can be told from others. */
export interface Person {
  userId: string | undefined;
  /** In lower case. */
  addresses: readonly string[];
  /** As somebody wrote them; only calendars are looked through for these. */
  names: readonly string[];
}

/**
 * An expression (Postgres) for the addresses in any text, also in JSON and in URLs, with or without capitals; one that is
 * only the end or the beginning of another address is none of them. Undefined where there are none.
 */
export function addressPattern(addresses: readonly string[]): string | undefined {
  if (addresses.length === 0) return undefined;
  const any = addresses.map((address) => address.replace(/[^a-z0-9]/gi, "\\$&").replace("\\@", "(?:@|%40)"));
  const before = `(?:(?<![[:alnum:]._+-])|(?<=%[0-9a-f]{2})|(?<=\\\\[bfnrt])|(?<=\\\\u[0-9a-f]{4}))`;
  return `${before}(?:${any.join("|")})(?![[:alnum:]-]|\\.[[:alnum:]])`;
}

/**
 * Condition: a text has an address of theirs in it. Looked through for its domain and its name first: the expression is
 * slow, and all that a site ever sent has to be looked through.
 */
export function mentionsAddress(column: SQL, { addresses }: Person): SQL {
  const pattern = addressPattern(addresses);
  if (pattern === undefined) return sql`false`;
  const parts = addresses.map((address) => {
    const [name = "", domain = ""] = address.split(/@(?=[^@]*$)/);
    return sql`strpos(lower(${column}), ${domain}) > 0 and strpos(lower(${column}), ${name}) > 0`;
  });
  return sql`case when ${sql.join(parts, sql` or `)} then ${column} ~* ${pattern} else false end`;
}

/** A text without their addresses. */
export function withoutAddresses(column: SQL, { addresses }: Person, instead: string): SQL {
  const pattern = addressPattern(addresses);
  return pattern === undefined ? column : sql`regexp_replace(${column}, ${pattern}, ${instead}, 'gi')`;
}

/** Condition: JSON (as text) has an address of theirs in it, or their id. */
export function jsonMentions(text: SQL, person: Person): SQL {
  return sql`(${jsonMentionsUser(text, person)} or ${mentionsAddress(text, person)})`;
}

/** Condition: JSON (as text) has their id as a value (or a name) of its own. */
export function jsonMentionsUser(text: SQL, { userId }: Person): SQL {
  return userId === undefined ? sql`false` : sql`strpos(${text}, ${JSON.stringify(userId)}) > 0`;
}

/** JSON (as text) without either. */
export function jsonWithout(text: SQL, person: Person, instead: string): SQL {
  const { userId } = person;
  const anonymous =
    userId === undefined ? text : sql`replace(${text}, ${JSON.stringify(userId)}, ${JSON.stringify(instead)})`;
  return withoutAddresses(anonymous, person, instead);
}
