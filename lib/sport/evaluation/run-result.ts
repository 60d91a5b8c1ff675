import * as z from "zod";
import { count } from "../../http/responses/fields.ts";

/** What an evaluation of a week or month returns (docs/domain.md, section 3). */
export const evaluationResult = z.object({
  processedUsers: count,
  trained: count.meta({ description: "Those with at least one workout." }),
  newResults: count.meta({ description: "Results that were written for the first time." }),
  changedResults: count.meta({ description: "Results of an earlier evaluation that changed." }),
  pointsGoalMet: count.optional().meta({ description: "Those who reached their points goal; only of weeks." }),
  exerciseGoalMet: count.optional().meta({ description: "Those who reached all their exercise goals; only of weeks." }),
  challengeMet: count.optional().meta({ description: "Those who reached the challenge." }),
  points: z.number(),
  workouts: count,
  awards: count,
  badges: count,
  emails: z
    .object({ queued: count, skipped: count, failed: count })
    .meta({ id: "SummaryMailCounts", description: "The summary mails of the newest period by what became of them." }),
  changes: z
    .array(
      z
        .object({ userId: z.string(), name: z.string().nullable(), pointsBefore: z.number(), points: z.number() })
        .meta({ id: "ResultChange", description: "A result that changed, or would change." }),
    )
    .meta({ description: "At most five of the changed results." }),
  emailResults: z
    .array(
      z
        .object({
          userId: z.string(),
          status: z.enum(["queued", "skipped", "failed"]),
          reason: z.string().optional().meta({ description: "Why a mail was not queued." }),
        })
        .meta({ id: "SummaryMailResult", description: "What became of the summary mail of one user." }),
    )
    .meta({ description: "At most 100, failed ones first, then skipped ones." }),
});
