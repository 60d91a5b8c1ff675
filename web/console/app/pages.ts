import type { PageModule } from "../routing/page.ts";
import type { PageName } from "../routing/paths.ts";

/** Loads the code of a page, when it is opened or about to be. */
export const PAGES: Readonly<Record<PageName, () => Promise<PageModule>>> = {
  overview: () => import("../pages/overview/page.tsx"),
  bookings: () => import("../pages/bookings/page.tsx"),
  members: () => import("../pages/members/page.tsx"),
  attendance: () => import("../pages/attendance/page.tsx"),
  mail: () => import("../pages/mail/page.tsx"),
  site: () => import("../pages/site/page.tsx"),
  runs: () => import("../pages/runs/page.tsx"),
  incidents: () => import("../pages/incidents/page.tsx"),
  settings: () => import("../pages/settings/page.tsx"),
  parts: () => import("../pages/parts/page.tsx"),
};
