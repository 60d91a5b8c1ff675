/** Writes the schemas of the API description as readable text. */

/** @typedef {Record<string, any>} Schema */

/**
 * Returns a schema as text, objects and lists on several lines.
 * @param {Schema} schema
 * @param {Record<string, Schema>} named The schemas that others refer to, by name.
 * @param {string} indent Text in front of every line after the first.
 * @returns {string}
 */
export function shapeOf(schema, named = {}, indent = "") {
  if (schema.$ref) return namedShape(schema.$ref.split("/").at(-1), named, indent);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map((choice) => shapeOf(choice, named, indent)).join(" or ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" or ");
  if (schema.type === "object") return objectShape(schema, named, indent);
  if (schema.type === "array")
    return `[${boundsOf(schema.minItems, schema.maxItems)} of ${shapeOf(schema.items, named, indent)}]`;
  return [kindOf(schema), limitsOf(schema)].filter(Boolean).join(", ");
}

/** A schema that contains itself is written once, and by its name inside. */
function namedShape(name, { [name]: schema, ...others }, indent) {
  if (name === "JsonValue") return "any JSON";
  return schema === undefined ? name : shapeOf(schema, others, indent);
}

/** @param {Schema} schema */
function objectShape({ properties = {}, required = [], additionalProperties }, named, indent) {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(([name, property]) => {
    const mark = required.includes(name) ? "" : "?";
    const defaultText = property.default === undefined ? "" : ` (default ${JSON.stringify(property.default)})`;
    const about = property.description === undefined ? "" : `${inner}// ${property.description}\n`;
    return `${about}${inner}${name}${mark}: ${shapeOf(property, named, inner)}${defaultText}\n`;
  });
  if (typeof additionalProperties === "object")
    lines.push(`${inner}[name]: ${shapeOf(additionalProperties, named, inner)}\n`);
  return lines.length === 0 ? "{}" : `{\n${lines.join("")}${indent}}`;
}

/** @param {Schema} schema */
function kindOf({ type, format }) {
  if (format === "date") return "date YYYY-MM-DD";
  if (format === "date-time") return "instant";
  if (format) return format;
  if (Array.isArray(type)) return type.map((one) => KINDS[one] ?? one).join(" or ");
  return KINDS[type] ?? type ?? "anything";
}

const KINDS = { string: "text", integer: "whole number", number: "number", boolean: "true or false" };

/** @param {Schema} schema */
function limitsOf({ type, minimum, maximum, minLength, maxLength, pattern }) {
  if (pattern) return `like ${pattern}`;
  if (type === "string") return maxLength === undefined ? "" : `${boundsOf(minLength, maxLength)} characters`;
  return minimum === undefined && maximum === undefined ? "" : boundsOf(minimum, maximum);
}

function boundsOf(least, most) {
  if (least === undefined) return most === undefined ? "any number" : `at most ${most}`;
  return most === undefined ? `at least ${least}` : `${least} to ${most}`;
}
