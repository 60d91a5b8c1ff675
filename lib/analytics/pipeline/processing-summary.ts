import * as z from "zod";
import { count } from "../../http/responses/fields.ts";
import type { PipelineCounts } from "./batch.ts";

/** The summary of processing pending events. */
export const processingSummary = z.object({
  message: z.string().meta({ examples: ["12 processed"] }),
  result: z.object({ staged: count, processed: count, dead_letters: count, replayed: count, remaining: count }).meta({
    id: "ProcessingResult",
    description: "How many events reached which layer, and how many are still pending.",
  }),
});

/**
 * The result of processing pending events, as `/api/v1/track/process` returns it.
 * @param remaining How many events are pending now.
 */
export function summarizeProcessing(
  { staged, processed, deadLetters, replayed }: PipelineCounts & { replayed: number },
  remaining: number,
) {
  const outcome = processed === 0 && remaining === 0 ? "no events pending" : `${processed} processed`;
  return {
    message: remaining === 0 ? outcome : `${outcome}, ${remaining} still pending`,
    result: { staged, processed, dead_letters: deadLetters, replayed, remaining },
  };
}
