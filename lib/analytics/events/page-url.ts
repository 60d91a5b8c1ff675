/** A page, parsed from the URL that an event states. */
export interface PageUrl {
  /** Without query and fragment, except for a fragment that is a path, as some applications use (`#/prices`). */
  url: string;
  host: string;
  /** The name under which the page is counted: the URL without its scheme. */
  name: string;
  query: URLSearchParams;
}

/** In characters; of the stated URL and of the stored one, which can be longer because it is written in ASCII. */
export const MAX_URL = 2000;
/** An index can hold a name of this length. */
const MAX_NAME = 500;

/** Parses the URL of a page. @returns undefined if it is not an http or https URL. */
export function parsePageUrl(text: string): PageUrl | undefined {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  const { host, pathname, hash, searchParams } = url;
  const path = pathname + (/^#!?\/[^?#=&]*/.exec(hash)?.[0] ?? "");
  return {
    url: `${url.origin}${path}`.slice(0, MAX_URL),
    host,
    name: `${host}${path}`.slice(0, MAX_NAME),
    query: searchParams,
  };
}

/** The host of a referrer; null if it is unknown or the host of the page itself. */
export function referrerHost(referrer: unknown, pageHost: string | undefined): string | null {
  const host = typeof referrer === "string" ? parsePageUrl(referrer)?.host : undefined;
  if (host === undefined) return null;
  return pageHost !== undefined && withoutWww(host) === withoutWww(pageHost) ? null : withoutWww(host);
}

const withoutWww = (host: string): string => host.replace(/^www\./, "").slice(0, 255);

/** The campaign parameters of a page's query. */
export function utmParameters(query: URLSearchParams | undefined) {
  // The query is decoded, so a value may contain characters that no column can hold.
  const read = (name: string) =>
    query?.get(`utm_${name}`)?.replaceAll("\0", "").trim().slice(0, 255).toWellFormed() || null;
  return {
    source: read("source"),
    medium: read("medium"),
    campaign: read("campaign"),
    term: read("term"),
    content: read("content"),
  };
}
