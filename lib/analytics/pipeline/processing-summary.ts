import type { PipelineCounts } from "./batch.ts";

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
