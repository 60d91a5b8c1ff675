import { useEffect, useState } from "preact/hooks";

export const TABS = ["jobs", "mail", "slots", "attendance", "site", "sport"] as const;
export type Tab = (typeof TABS)[number];

/** The open tab (`#jobs`) and the item within it (`#jobs/weekly`). */
export interface Route {
  tab: Tab;
  at: string | undefined;
}

/** Parses the part of the address after `#`. An unknown one leads to the first tab. Pure. */
export function routeOf(hash: string): Route {
  const [name, at] = hash.replace(/^#/, "").split("/");
  const tab = TABS.find((known) => known === name);
  return { tab: tab ?? "jobs", at: tab === undefined || !at ? undefined : decodeURIComponent(at) };
}

export const hrefOf = (tab: Tab, at?: string): string =>
  `#${tab}${at === undefined ? "" : `/${encodeURIComponent(at)}`}`;

export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return routeOf(hash);
}
