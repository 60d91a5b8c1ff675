import * as z from "zod";
import { errorCode } from "../../http/responses/error-code.ts";
import { sentInstant } from "../../http/responses/fields.ts";
import { maintenanceResult } from "./maintenance-result.ts";

/** What became of slot maintenance that a request started. */

const scheduledFor = sentInstant.meta({ description: "The time under which the ledger has the run." });

const completed = z
  .object({ status: z.literal("completed"), scheduledFor, ...maintenanceResult.shape })
  .meta({ id: "MaintenanceCompleted", description: "The slots are up to date." });

const partial = z
  .object({
    status: z.literal("partial"),
    scheduledFor,
    progress: z.object({ done: z.int(), total: z.int() }).meta({ description: "Services." }),
  })
  .meta({ id: "MaintenancePartial", description: "The run reached its time limit and continues by itself." });

const skipped = z
  .object({ status: z.literal("skipped"), reason: z.literal("nothing-to-do") })
  .meta({ id: "MaintenanceSkipped", description: "No slot depends on the change." });

const failed = z
  .object({ status: z.literal("failed"), error: z.object({ code: errorCode, message: z.string() }) })
  .meta({ id: "MaintenanceFailed", description: "The run failed. The next run of maintenance tries again." });

export const maintenanceAnswer = z
  .discriminatedUnion("status", [completed, partial, skipped, failed])
  .meta({ id: "CatalogMaintenance", description: "What became of the maintenance of the slots after a change." });

/** The outcome of a run that did not fail. */
export type MaintenanceRun = z.input<typeof completed> | z.input<typeof partial>;
export type MaintenanceAnswer = z.input<typeof maintenanceAnswer>;
