import type { PageModule } from "../routing/page.ts";

export const AREAS = [
  "overview",
  "bookings",
  "members",
  "attendance",
  "mail",
  "site",
  "runs",
  "incidents",
  "settings",
] as const;
export type Area = (typeof AREAS)[number];

export interface Page {
  /** The area that the navigation marks; none for pages outside of it. */
  area?: Area;
  /** Where it is: `:name` is a parameter, `:name?` one that may be missing. */
  path: string;
  load(): Promise<PageModule>;
}

/** The pages of a signed-in operator. */
export const PAGES: readonly Page[] = [
  { area: "overview", path: "/", load: () => import("../pages/overview/page.tsx") },
  { area: "bookings", path: "/bookings", load: () => import("../pages/bookings/page.tsx") },
  { area: "members", path: "/members", load: () => import("../pages/members/page.tsx") },
  { area: "attendance", path: "/attendance", load: () => import("../pages/attendance/page.tsx") },
  { area: "mail", path: "/mail", load: () => import("../pages/mail/page.tsx") },
  { area: "site", path: "/site", load: () => import("../pages/site/page.tsx") },
  { area: "runs", path: "/runs/:job?/:execution?", load: () => import("../pages/runs/page.tsx") },
  { area: "incidents", path: "/incidents/:id?", load: () => import("../pages/incidents/page.tsx") },
  { area: "settings", path: "/settings/:section?", load: () => import("../pages/settings/page.tsx") },
  { path: "/parts", load: () => import("../pages/parts/page.tsx") },
];
