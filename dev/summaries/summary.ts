/** What a part of the local run has done: one sentence for its step, and a report of several lines. */
export interface Summary {
  sentence: string;
  report: string;
}

/** Indents every line of a report. */
export const indented = (text: string): string => text.replace(/^/gm, "  ");
