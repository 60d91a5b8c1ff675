import { type SQL, sql } from "drizzle-orm";
import type { Person } from "./person.ts";

/** Finds a person in texts of other people: event data of sites, titles of appointments, errors. Pure. */

/**
 * Returns a Postgres regular expression that finds the addresses in any text, JSON or URL. Match it without case. It does not match
 * an address that is only the end or the beginning of a longer one. Undefined without addresses.
 */
export function addressPattern(addresses: readonly string[]): string | undefined {
  if (addresses.length === 0) return undefined;
  const any = addresses.map((address) => [...address].map(inAddress).join(""));
  const before = `(?:(?<![[:alnum:]._+-])|(?<=%[0-9a-f]{2})|(?<=\\\\[bfnrt])|(?<=\\\\u[0-9a-f]{4}))`;
  return `${before}(?:${any.join("|")})(?![[:alnum:]-]|\\.[[:alnum:]])`;
}

/** Matches a character of an address plain, escaped in JSON, or percent-encoded once or more. */
function inAddress(character: string): string {
  if (/[a-z0-9]/i.test(character)) return character;
  const bytes = [...Buffer.from(character)].map((byte) => `%(?:25)*${byte.toString(16).padStart(2, "0")}`);
  // A letter outside ASCII needs no backslash, and must not have one.
  if (character === "\\") return `(?:\\\\{1,2}|${bytes.join("")})`;
  const plain = character === '"' ? '\\\\?"' : /\p{ASCII}/u.test(character) ? `\\${character}` : character;
  return `(?:${plain}|${bytes.join("")})`;
}

/**
 * Condition: a text contains an address of the person. It tests for the domain and the local part first, because the
 * expression is slow and all events of a site are searched.
 */
export function mentionsAddress(column: SQL, { addresses }: Person): SQL {
  const pattern = addressPattern(addresses);
  if (pattern === undefined) return sql`false`;
  const parts = addresses.map((address) => {
    const [name = "", domain = ""] = address.split(/@(?=[^@]*$)/);
    const [unquoted = ""] = name.replace(/^"/, "").split(/["\\]/); // JSON writes these differently
    return sql`strpos(lower(${column}), ${domain}) > 0 and strpos(lower(${column}), ${unquoted}) > 0`;
  });
  // A percent-encoded address may contain neither of the two in plain form.
  return sql`case when ${sql.join(parts, sql` or `)} or strpos(${column}, '%') > 0 then ${column} ~* ${pattern} else false end`;
}

/** Replaces the person's addresses in a text. */
export function withoutAddresses(column: SQL, { addresses }: Person, instead: string): SQL {
  const pattern = addressPattern(addresses);
  return pattern === undefined ? column : sql`regexp_replace(${column}, ${pattern}, ${instead}, 'gi')`;
}

/** Condition: JSON (as text) contains an address or the id of the person. */
export function jsonMentions(text: SQL, person: Person): SQL {
  return sql`(${jsonMentionsUser(text, person)} or ${mentionsAddress(text, person)})`;
}

/** Condition: JSON (as text) contains the person's id as a whole value or name. */
export function jsonMentionsUser(text: SQL, { userId }: Person): SQL {
  return userId === undefined ? sql`false` : sql`strpos(${text}, ${JSON.stringify(userId)}) > 0`;
}

/** Replaces the person's addresses and id in JSON (as text). */
export function jsonWithout(text: SQL, person: Person, instead: string): SQL {
  const { userId } = person;
  const anonymous =
    userId === undefined ? text : sql`replace(${text}, ${JSON.stringify(userId)}, ${JSON.stringify(instead)})`;
  return withoutAddresses(anonymous, person, instead);
}

/** A separator between the parts of a URL, percent-encoded once or more (`%252F`). */
const ENCODED_MARK = "%(?:25)*(?:2[fF36]|3[bBdDfF])";
const PART_BEGINS = `(?:(?<=[/=?#&;])(?<!://)|(?<=${ENCODED_MARK}))`;
const PART_ENDS = `(?=$|[/=?#&;[:space:]"\\\\]|${ENCODED_MARK})`;

/**
 * Returns a Postgres regular expression that finds a user's id in a URL: as a whole segment of the path, or a whole name or value
 * of the query or fragment, in any encoding. It matches neither a part of these nor the host.
 */
export function idInUrlPattern(userId: string): string {
  return `${PART_BEGINS}${[...userId].map(encodedOrNot).join("")}${PART_ENDS}`;
}

/** Matches a character of an id (ASCII) plain or percent-encoded, with hexadecimal digits in either case. */
function encodedOrNot(character: string): string {
  const plain = character.replace(/[^a-z0-9]/i, "\\$&");
  const digits = [...character.charCodeAt(0).toString(16).padStart(2, "0")];
  return `(?:${plain}|%(?:25)*${digits.map((digit) => `[${digit}${digit.toUpperCase()}]`).join("")})`;
}

/** Condition: a text contains the person's id in a URL. The expression is slow, so a quick test excludes most texts first. */
export function urlMentionsUser(column: SQL, { userId }: Person): SQL {
  if (userId === undefined) return sql`false`;
  const pattern = idInUrlPattern(userId);
  return sql`case when strpos(${column}, ${userId}) > 0 or strpos(${column}, '%') > 0 then ${column} ~ ${pattern} else false end`;
}

/** Replaces the person's id in the URLs of a text. */
export function withoutUserInUrls(column: SQL, { userId }: Person, instead: string): SQL {
  return userId === undefined ? column : sql`regexp_replace(${column}, ${idInUrlPattern(userId)}, ${instead}, 'g')`;
}
