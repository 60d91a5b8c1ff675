import { eq } from "drizzle-orm";
import * as z from "zod";
import type { Db } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { defineRoute, method } from "../../http/define-route.ts";
import { id, whole } from "../../http/fields.ts";
import { providers } from "../schema.ts";
import { slotMetrics } from "./slot-metrics.ts";

/** `GET /api/admin/slots/metrics?days=30&providerId`: returns coverage, density and booking rate with warnings. */
export const slotMetricsRoute = defineRoute({
  GET: method({
    summary: "Returns the coverage, density and booking rate of the days ahead, with warnings.",
    responses: { 404: "The provider does not exist." },
    query: z.strictObject({ days: whole(1, 365).default(30), providerId: id.optional() }),
    handle: async ({ db, query, now }) => {
      const { days, providerId } = query;
      if (providerId !== undefined) await requireProvider(db, providerId);
      return { status: "ok", at: now, ...(await slotMetrics(db, days, providerId, now)) };
    },
  }),
});

async function requireProvider(db: Db, id: string): Promise<void> {
  if ((await db.$count(providers, eq(providers.id, id))) > 0) return;
  throw new AppError("not-found", `There is no provider with the id ${id}.`);
}
