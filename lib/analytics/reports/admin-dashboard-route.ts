import * as z from "zod";
import { defineRoute, method } from "../../http/define-route.ts";
import { id } from "../../http/fields.ts";
import { findSite } from "../sites/sites.ts";
import { dashboardParameters, readDashboard } from "./dashboard.ts";

/** `GET /api/admin/sites/dashboard?customerId`: a site's dashboard as its read key shows it, for the operator. */
export const adminDashboardRoute = defineRoute({
  GET: method({
    summary: "What a site's own dashboard answers, for the operator.",
    answers: { 404: "There is no such site." },
    query: z.strictObject({ customerId: id, ...dashboardParameters }),
    handle: async ({ db, query: { customerId, ...asked }, now }) => {
      return readDashboard(db, await findSite(db, customerId), asked, now);
    },
  }),
});
