/** A page that was opened, as the search offers it again. */
export interface RecentPage {
  href: string;
  title: string;
}

const KEY = "taktwerk.recent";
const KEPT = 6;

/** The pages opened last in this tab, the latest first. They may name people, so they end with the tab. */
export function recentPages(): RecentPage[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isRecentPage) : [];
  } catch {
    return [];
  }
}

export function rememberPage(page: RecentPage): void {
  const others = recentPages().filter(({ href }) => href !== page.href);
  sessionStorage.setItem(KEY, JSON.stringify([page, ...others].slice(0, KEPT)));
}

export function forgetPages(): void {
  sessionStorage.removeItem(KEY);
}

const isRecentPage = (value: unknown): value is RecentPage =>
  typeof value === "object" &&
  value !== null &&
  "href" in value &&
  typeof value.href === "string" &&
  "title" in value &&
  typeof value.title === "string";
