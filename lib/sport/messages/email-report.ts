/** What happened to the summary mails of a run: counts, and a list that stays short with a million users. */

export interface EmailResult {
  userId: string;
  status: "queued" | "skipped" | "failed";
  reason?: string;
}

export interface EmailReport {
  counts: { queued: number; skipped: number; failed: number };
  /** At most 100 entries: failed ones first, then skipped ones. */
  results: EmailResult[];
}

const MAX_LISTED = 100;
const ORDER = { failed: 0, skipped: 1, queued: 2 };

export const NO_EMAILS: EmailReport = { counts: { queued: 0, skipped: 0, failed: 0 }, results: [] };

/** Counts the results of some mails. */
export function reportOf(results: EmailResult[]): EmailReport {
  const counts = { ...NO_EMAILS.counts };
  for (const { status } of results) counts[status] += 1;
  return { counts, results: listed(results) };
}

/** Adds the reports of two sets of mails. */
export function addReports(a: EmailReport, b: EmailReport): EmailReport {
  return {
    counts: {
      queued: a.counts.queued + b.counts.queued,
      skipped: a.counts.skipped + b.counts.skipped,
      failed: a.counts.failed + b.counts.failed,
    },
    results: listed([...a.results, ...b.results]),
  };
}

function listed(results: EmailResult[]): EmailResult[] {
  return results.toSorted((a, b) => ORDER[a.status] - ORDER[b.status]).slice(0, MAX_LISTED);
}
