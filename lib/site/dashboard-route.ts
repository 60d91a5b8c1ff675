import * as z from "zod";
import { database } from "../db/client.ts";
import { parse, queryOf } from "../http/parse.ts";
import type { Endpoint } from "../http/respond.ts";
import { readerOf } from "./access.ts";
import { dashboardParameters, readDashboard } from "./dashboard.ts";
import { siteEndpoint } from "./site-endpoint.ts";

const parameters = z.strictObject(dashboardParameters);

/** `GET /api/v1/track/dashboard`: what there is to know of the site of the key. */
export const dashboardEndpoint: Endpoint = siteEndpoint("reads", {
  GET: async (request) => {
    const now = new Date();
    const db = await database();
    const site = await readerOf(db, request, now);
    const asked = parse(parameters, queryOf(request), "invalid-parameter");
    return Response.json(await readDashboard(db, site, asked, now), { headers: { "Cache-Control": "no-store" } });
  },
});
