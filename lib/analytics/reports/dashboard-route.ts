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
    summary: "The figures of the key's site: totals, a series, pages, referrers, devices, visits and events.",
    security: ["siteReadKey"],
    query: parameters,
    headers: customerHeader,
  },
};

/** `GET /api/v1/track/dashboard`: what there is to know of the site of the key. */
export const dashboardEndpoint: Endpoint = siteEndpoint(DESCRIBED, {
  GET: async (request, now) => {
    const db = await database();
    const site = await authorizeRead(db, request, now);
    const asked = parse(parameters, queryOf(request), "invalid-parameter");
    return Response.json(await readDashboard(db, site, asked, now), { headers: { "Cache-Control": "no-store" } });
  },
});
