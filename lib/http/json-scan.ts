/**
 * Reads facts about a JSON text in one pass over its bytes, without parsing, a stack or memory. In UTF-8 the bytes that matter
 * here occur in no other character. For a text that is not JSON the results are meaningless; parsing it fails later.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const opens = (byte: number): boolean => byte === 0x7b || byte === 0x5b; // { [
const closes = (byte: number): boolean => byte === 0x7d || byte === 0x5d; // } ]

/** Whether the lists and objects in a JSON text are nested in more than `levels` levels. */
export function isDeeperThan(levels: number, json: Uint8Array): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] as number;
    if (byte === QUOTE) at = endOfString(json, at);
    else if (opens(byte)) depth += 1;
    else if (closes(byte)) depth -= 1;
    if (depth > levels) return true;
  }
  return false;
}

/**
 * The text of a member of the outermost object. It is found only if it is written without escapes, as keys and ids are.
 */
export function memberText(json: Buffer, name: string): string | undefined {
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] as number;
    if (opens(byte)) depth += 1;
    else if (closes(byte)) depth -= 1;
    if (byte !== QUOTE) continue;
    const end = endOfString(json, at);
    if (depth === 1 && json.toString("latin1", at + 1, end) === name) {
      const value = /^\s*:\s*"([^"\\]*)"/.exec(json.toString("latin1", end + 1, end + 1 + LONGEST_VALUE))?.[1];
      if (value !== undefined) return value;
    }
    at = end;
  }
  return undefined;
}

/** The longest value in bytes, with the blanks before it. */
const LONGEST_VALUE = 512;

/** The position of the closing quote of the string that begins at `start`; the end of the text if there is none. */
function endOfString(json: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at;
}
