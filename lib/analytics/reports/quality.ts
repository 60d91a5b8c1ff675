/** How much an event tells (domain, section 8). */
export interface Quality {
  /** From 0.0 to 1.0. */
  qualityScore: number;
  quality: "VALID" | "SUSPICIOUS" | "INVALID";
}

/** What an event may lack without becoming a dead letter. One without a type is one, and worth at most 0.7. */
interface Known {
  page: boolean;
  session: boolean;
  time: boolean;
}

/** 1.0 less 0.2 for each thing missing. A type alone is not much, but enough to be counted: it is suspicious. */
export function scoreQuality({ page, session, time }: Known): Quality {
  const missing = [page, session, time].filter((known) => !known).length;
  return { qualityScore: (10 - 2 * missing) / 10, quality: missing > 1 ? "SUSPICIOUS" : "VALID" };
}
