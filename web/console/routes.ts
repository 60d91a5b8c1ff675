import { useEffect, useState } from "preact/hooks";

export const TABS = ["jobs", "mail", "slots", "attendance", "site", "sport"] as const;
export type Tab = (typeof TABS)[number];

/** Where one is: `#jobs`, and within it maybe at something, `#jobs/weekly`. */
export interface Route {
  tab: Tab;
  at: string | undefined;
}

/** What an address's part behind the # means; what means nothing leads to the first tab. Pure. */
export function routeOf(hash: string): Route {
  const [name, at] = hash.replace(/^#/, "").split("/");
  const tab = TABS.find((one) => one === name);
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
