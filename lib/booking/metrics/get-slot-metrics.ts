import { eq } from "drizzle-orm";
import * as z from "zod";
import type { Db } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { viewers } from "../../http/access.ts";
import { id, whole } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { providers } from "../schema.ts";
import { slotMetricsAnswer } from "./metrics-schema.ts";
import { slotMetrics } from "./slot-metrics.ts";

export const getSlotMetrics = operation({
  id: "getSlotMetrics",
  method: "GET",
  path: "/api/admin/slots/metrics",
  access: viewers,
  summary: "Returns the coverage, density and booking rate of the days ahead, with warnings.",
  query: z.strictObject({
    days: whole(1, 365).default(30).meta({ description: "The length of the window ahead, in days of 24 hours." }),
    providerId: id.optional(),
  }),
  responses: {
    200: { description: "The metrics.", schema: slotMetricsAnswer },
    404: "The provider does not exist.",
  },
  handle: async ({ db, query, now }) => {
    const { days, providerId } = query;
    if (providerId !== undefined) await requireProvider(db, providerId);
    return { at: now, ...(await slotMetrics(db, days, providerId, now)) };
  },
});

async function requireProvider(db: Db, id: string): Promise<void> {
  if ((await db.$count(providers, eq(providers.id, id))) > 0) return;
  throw new AppError("not-found", `There is no provider with the id ${id}.`);
}
