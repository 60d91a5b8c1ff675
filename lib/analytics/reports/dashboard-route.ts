import * as z from "zod";
import { database } from "../../db/client.ts";
import type { Description } from "../../http/openapi/describe.ts";
import { parse, queryOf } from "../../http/parse.ts";
import type { Endpoint } from "../../http/respond.ts";
import { authorizeRead } from "../sites/access.ts";
import { customerHeader, siteEndpoint } from "../sites/site-endpoint.ts";
import { dashboardParameters, readDashboard } from "./dashboard.ts";

const parameters = z.strictObject(dashboardParameters);

const DESCRIBED: { GET: Description } = {
  GET: {
    summary: "The traffic of the key's site: totals, a time series, pages, referrers, devices, visits and events.",
    security: ["siteReadKey"],
    query: parameters,
    headers: customerHeader,
  },
};

/** `GET /api/v1/track/dashboard`: the dashboard of the key's site. */
export const dashboardEndpoint: Endpoint = siteEndpoint(DESCRIBED, {
  GET: async (request, now) => {
    const db = await database();
    const site = await authorizeRead(db, request, now);
    const query = parse(parameters, queryOf(request), "invalid-parameter");
    return Response.json(await readDashboard(db, site, query, now), { headers: { "Cache-Control": "no-store" } });
  },
});
