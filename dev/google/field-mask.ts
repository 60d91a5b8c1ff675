import { invalidParameter } from "./api-errors.ts";

/** Partial responses (parameter `fields`): `nextPageToken,items(id,start/dateTime)`, `*`. Pure. */

/** The fields of a resource. Undefined means that parts of the field cannot be selected. */
export interface FieldNames {
  readonly [name: string]: FieldNames | undefined;
}

/** A selection: everything, or some fields. */
export type FieldMask = true | { [name: string]: FieldMask };

/**
 * Parses a selection of fields.
 * @throws ApiError `invalidParameter` with the unknown field, as Google does.
 */
export function parseFields(text: string, names: FieldNames): FieldMask {
  const tokens = text.match(/\w+|\S/g) ?? [];
  const mask = parseSelection(tokens, names);
  if (tokens.length > 0) throw selectionError(tokens[0]);
  return mask;
}

/** The selected part of a value; for a list, of each element. Missing fields stay missing. */
export function applyMask(value: unknown, mask: FieldMask): unknown {
  if (mask === true) return value;
  if (Array.isArray(value)) return value.map((element) => applyMask(element, mask));
  if (typeof value !== "object" || value === null) return value;
  const selected = Object.entries(value).flatMap(([name, inner]) => {
    const part = Object.hasOwn(mask, name) ? mask[name] : undefined;
    return part === undefined ? [] : [[name, applyMask(inner, part)]];
  });
  return Object.fromEntries(selected);
}

const selectionError = (token = ""): Error => invalidParameter("fields", `Invalid field selection ${token}`.trim());

/** Parses fields with commas between them. Removes the parsed tokens. */
function parseSelection(tokens: string[], names: FieldNames): FieldMask {
  let mask: FieldMask = parseField(tokens, names);
  while (tokens[0] === ",") {
    tokens.shift();
    mask = union(mask, parseField(tokens, names));
  }
  return mask;
}

/** Parses a field or `*`, with an optional `/field` or `(selection)`. */
function parseField(tokens: string[], names: FieldNames): FieldMask {
  const name = tokens.shift();
  if (name === "*") return Object.fromEntries(Object.keys(names).map((key) => [key, true]));
  if (name === undefined || !Object.hasOwn(names, name)) throw selectionError(name);
  return { [name]: parseSubfields(tokens, names[name]) };
}

function parseSubfields(tokens: string[], names: FieldNames | undefined): FieldMask {
  if (tokens[0] !== "/" && tokens[0] !== "(") return true;
  const opening = tokens.shift();
  if (names === undefined) throw selectionError(tokens[0]);
  if (opening === "/") return parseField(tokens, names);
  const mask = parseSelection(tokens, names);
  if (tokens.shift() !== ")") throw selectionError(tokens[0]);
  return mask;
}

function union(a: FieldMask, b: FieldMask): FieldMask {
  if (a === true || b === true) return true;
  const mask = { ...a };
  for (const [name, part] of Object.entries(b)) mask[name] = union(mask[name] ?? {}, part);
  return mask;
}
