export type Language = "en" | "de";

/** Writes numbers as a language does. */
export interface Numbers {
  number(value: number): string;
  /** A number with its noun: "1 mail", "1,284 mails". */
  count(value: number, one: string, many: string): string;
}

const numbersOf = (locale: string): Numbers => {
  const format = new Intl.NumberFormat(locale);
  const number = (value: number) => format.format(value);
  return { number, count: (value, one, many) => `${number(value)} ${value === 1 ? one : many}` };
};

export const ENGLISH: Numbers = numbersOf("en-GB");
export const GERMAN: Numbers = numbersOf("de-DE");

/** Joins the parts of a list: "a, b and c". */
export function list(parts: readonly string[], language: Language): string {
  const and = language === "de" ? " und " : " and ";
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")}${and}${parts.at(-1)}`;
}

/** Turns the first letter into a capital. */
export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
