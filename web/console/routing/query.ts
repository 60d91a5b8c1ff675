import { useLocation } from "preact-iso/router";

/** Values to set in the query of the address; undefined removes one. */
export type QueryChanges = Readonly<Record<string, string | undefined>>;

export interface Query {
  values: Readonly<Record<string, string>>;
  /** The address of this page with other values, for links. */
  hrefWith(changes: QueryChanges): string;
  /** Changes the address. Filters replace the entry of the history; what Back should undo, such as a drawer, adds one. */
  set(changes: QueryChanges, history?: "replace" | "add"): void;
}

/** The state of a page that lives in its address: range, filters, tab. */
export function useQuery(): Query {
  const { path, query, route } = useLocation();
  const hrefWith = (changes: QueryChanges): string => addressWith(path, query, changes);
  return {
    values: query,
    hrefWith,
    set: (changes, history = "replace") => route(hrefWith(changes), history === "replace"),
  };
}

/** Pure. Keeps the order of the values. */
export function addressWith(path: string, query: Readonly<Record<string, string>>, changes: QueryChanges): string {
  const entries = Object.entries({ ...query, ...changes }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== "",
  );
  const search = new URLSearchParams(entries).toString();
  return search === "" ? path : `${path}?${search}`;
}
