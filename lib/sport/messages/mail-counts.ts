/** What became of the summary mails of a run: counts, and a list that stays small at a million users. */

export interface EmailResult {
  userId: string;
  status: "queued" | "skipped" | "failed";
  reason?: string;
}

export interface EmailReport {
  counts: { queued: number; skipped: number; failed: number };
  /** At most 100, what failed first, then what was skipped. */
  results: EmailResult[];
}

const MOST_LISTED = 100;
const URGENCY = { failed: 0, skipped: 1, queued: 2 };

export const NO_MAILS: EmailReport = { counts: { queued: 0, skipped: 0, failed: 0 }, results: [] };

/** Sums up what became of some mails. */
export function tally(results: EmailResult[]): EmailReport {
  const counts = { ...NO_MAILS.counts };
  for (const { status } of results) counts[status] += 1;
  return { counts, results: mostUrgent(results) };
}

/** Puts the reports of two sets of mails together. */
export function merge(a: EmailReport, b: EmailReport): EmailReport {
  return {
    counts: {
      queued: a.counts.queued + b.counts.queued,
      skipped: a.counts.skipped + b.counts.skipped,
      failed: a.counts.failed + b.counts.failed,
    },
    results: mostUrgent([...a.results, ...b.results]),
  };
}

function mostUrgent(results: EmailResult[]): EmailResult[] {
  return results.toSorted((a, b) => URGENCY[a.status] - URGENCY[b.status]).slice(0, MOST_LISTED);
}
