import * as z from "zod";
import { defineRoute, method } from "../../http/define-route.ts";
import { id } from "../../http/fields.ts";
import { findSite } from "../sites/sites.ts";
import { dashboardParameters, readDashboard } from "./dashboard.ts";

/** `GET /api/admin/sites/dashboard?customerId`: the dashboard of any site, for operators. */
export const adminDashboardRoute = defineRoute({
  GET: method({
    summary: "The dashboard of a site, for operators.",
    responses: { 404: "The site does not exist." },
    query: z.strictObject({ customerId: id, ...dashboardParameters }),
    handle: async ({ db, query: { customerId, ...query }, now }) => {
      return readDashboard(db, await findSite(db, customerId), query, now);
    },
  }),
});
