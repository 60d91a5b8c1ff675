/** A page as it is counted. */
export interface Visited {
  /** Without query, and without fragment, unless that is a path: some applications have theirs there (`#/prices`). */
  url: string;
  host: string;
  /** The same without the scheme. */
  page: string;
  query: URLSearchParams;
}

/** In characters; as it was given, and as it is stored, where writing it in ASCII can make it longer. */
export const MAX_URL = 2000;
/** What an index can hold, with room to spare. */
const MAX_PAGE = 500;

/** The page behind a URL; undefined for what is not one of http or https. */
export function pageOf(given: string): Visited | undefined {
  const url = URL.parse(given);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  const { host, pathname, hash, searchParams } = url;
  const path = pathname + (/^#!?\/[^?#=&]*/.exec(hash)?.[0] ?? "");
  return {
    url: `${url.origin}${path}`.slice(0, MAX_URL),
    host,
    page: `${host}${path}`.slice(0, MAX_PAGE),
    query: searchParams,
  };
}

/** The host of another site that led here; null where none did, or none is known. */
export function referrerHost(given: unknown, host: string | undefined): string | null {
  const from = typeof given === "string" ? pageOf(given)?.host : undefined;
  return from === undefined || (host !== undefined && bare(from) === bare(host)) ? null : bare(from);
}

const bare = (host: string): string => host.replace(/^www\./, "").slice(0, 255);

/** Where a campaign's link says that it is from. */
export function utmParameters(query: URLSearchParams | undefined) {
  // Decoded, so that it may hold what no column can.
  const told = (name: string) =>
    query?.get(`utm_${name}`)?.replaceAll("\0", "").trim().slice(0, 255).toWellFormed() || null;
  return {
    source: told("source"),
    medium: told("medium"),
    campaign: told("campaign"),
    term: told("term"),
    content: told("content"),
  };
}
