type CamelCase<Name> = Name extends `${infer First}_${infer Rest}` ? `${First}${Capitalize<CamelCase<Rest>>}` : Name;

/** The fields of an object under their names in camelCase. */
export type CamelCased<T> = { [Name in keyof T as CamelCase<Name>]: T[Name] };

/**
 * Renames the fields of an object, such as a row or the fields of a schema, to camelCase. The API of operators has such
 * names; the columns of reports and the older API have underscores.
 */
export function camelCased<T extends object>(fields: T): CamelCased<T> {
  const renamed = Object.entries(fields).map(([name, value]) => [camelCase(name), value]);
  return Object.fromEntries(renamed) as CamelCased<T>;
}

const camelCase = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
