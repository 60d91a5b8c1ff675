import { invalidParameter } from "./api-errors.ts";

/** Partial responses (`fields`): `nextPageToken,items(id,start/dateTime)`, `*`. Pure. */

/** The fields of a resource; undefined for one whose inside cannot be selected. */
export interface Names {
  readonly [name: string]: Names | undefined;
}

/** What is wanted: all of it, or some of its fields. */
export type Mask = true | { [name: string]: Mask };

/**
 * Reads a selection of fields.
 * @throws GoogleError `invalidParameter` that names what there is not, as Google does.
 */
export function parseFields(text: string, names: Names): Mask {
  const tokens = text.match(/\w+|\S/g) ?? [];
  const mask = selection(tokens, names);
  if (tokens.length > 0) throw invalid(tokens[0]);
  return mask;
}

/** The wanted part of an answer; of a list, of each of its elements. What is missing stays missing. */
export function pick(value: unknown, mask: Mask): unknown {
  if (mask === true) return value;
  if (Array.isArray(value)) return value.map((element) => pick(element, mask));
  if (typeof value !== "object" || value === null) return value;
  const wanted = Object.entries(value).flatMap(([name, inner]) => {
    const part = Object.hasOwn(mask, name) ? mask[name] : undefined;
    return part === undefined ? [] : [[name, pick(inner, part)]];
  });
  return Object.fromEntries(wanted);
}

const invalid = (what = ""): Error => invalidParameter("fields", `Invalid field selection ${what}`.trim());

/** Fields with commas between them. Takes what it has read off the tokens. */
function selection(tokens: string[], names: Names): Mask {
  let mask: Mask = field(tokens, names);
  while (tokens[0] === ",") {
    tokens.shift();
    mask = union(mask, field(tokens, names));
  }
  return mask;
}

/** A field or `*`, and after it, where only a part of it is wanted, `/field` or `(selection)`. */
function field(tokens: string[], names: Names): Mask {
  const name = tokens.shift();
  if (name === "*") return Object.fromEntries(Object.keys(names).map((each) => [each, true]));
  if (name === undefined || !Object.hasOwn(names, name)) throw invalid(name);
  return { [name]: part(tokens, names[name]) };
}

function part(tokens: string[], names: Names | undefined): Mask {
  if (tokens[0] !== "/" && tokens[0] !== "(") return true;
  const opening = tokens.shift();
  if (names === undefined) throw invalid(tokens[0]);
  if (opening === "/") return field(tokens, names);
  const mask = selection(tokens, names);
  if (tokens.shift() !== ")") throw invalid(tokens[0]);
  return mask;
}

function union(one: Mask, other: Mask): Mask {
  if (one === true || other === true) return true;
  const mask = { ...one };
  for (const [name, part] of Object.entries(other)) mask[name] = union(mask[name] ?? {}, part);
  return mask;
}
