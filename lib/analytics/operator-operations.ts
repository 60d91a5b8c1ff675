import { getSiteDashboard } from "./reports/site-dashboard.ts";
import { siteOperations } from "./sites/site-operations.ts";

/** What operators do with sites, their keys and their reports. */
export const operations = [...siteOperations, getSiteDashboard];
