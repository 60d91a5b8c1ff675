/**
 * Readers of settings: each turns a text into a value. They are plain functions, because every process reads its settings before
 * anything else, and schemas of a library for a hundred settings took a third of a function's first answer.
 */
export type Reader<T> = (text: string) => T;

/** A text that is no valid value. Its message says what a setting expects, such as "true or false". */
export class Unreadable extends Error {}

export function refuse(expected: string): never {
  throw new Unreadable(expected);
}

/** The setting's value, or undefined where it is not set. */
export const optional =
  <T>(read: Reader<T>) =>
  (text: string | undefined): T | undefined =>
    text === undefined ? undefined : read(text);

/** The setting's value, or `value` where it is not set. */
export const withDefault =
  <T>(value: NoInfer<T>, read: Reader<T>) =>
  (text: string | undefined): T =>
    text === undefined ? value : read(text);

export const anyText: Reader<string> = (text) => text;

/** Texts for which `isValid` returns true. */
export const textThat =
  (isValid: (text: string) => boolean, expected: string): Reader<string> =>
  (text) =>
    isValid(text) ? text : refuse(expected);

export const matching = (pattern: RegExp, expected: string): Reader<string> =>
  textThat((text) => pattern.test(text), expected);

export const oneOf =
  <const T extends string>(values: readonly T[], expected: string): Reader<T> =>
  (text) =>
    values.find((value) => value === text) ?? refuse(expected);

export const whole =
  (min: number, max: number): Reader<number> =>
  (text) => {
    const value = Number(text);
    const isValid = Number.isInteger(value) && value >= min && value <= max;
    return isValid ? value : refuse(`a whole number from ${min} to ${max}`);
  };

/** An address of the web, as it was written but for blanks around it. */
export const webUrl =
  (example: string): Reader<string> =>
  (text) => {
    const url = text.trim();
    return /^https?:\/\//i.test(url) && URL.canParse(url) ? url : refuse(`a URL such as ${example}`);
  };

/** An address of the web without slashes at its end, so that paths can follow it. */
export const baseUrl =
  (example: string): Reader<string> =>
  (text) =>
    webUrl(example)(text).replace(/\/+$/, "");

/** A comma-separated list. Spaces around its entries are removed; empty entries and repetitions are dropped. */
export const list =
  <T>(entry: Reader<T>, split: (text: string) => string[] = (text) => text.split(",")): Reader<T[]> =>
  (text) =>
    [...new Set(split(text).map((entry) => entry.trim()))].filter(Boolean).map(entry);

/** A JSON object whose values are texts of 1 to `longest` characters, without the blanks around them. */
export const textsByName =
  (longest: number, expected: string): Reader<Record<string, string>> =>
  (text) => {
    const entries = Object.entries(objectIn(text) ?? refuse(expected));
    return Object.fromEntries(
      entries.map(([name, value]) => {
        const trimmed = typeof value === "string" ? value.trim() : "";
        return trimmed === "" || trimmed.length > longest ? refuse(expected) : [name, trimmed];
      }),
    );
  };

/** The JSON object in a text; undefined for other texts. */
function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
