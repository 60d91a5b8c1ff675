export const QUALITIES = ["VALID", "SUSPICIOUS", "INVALID"] as const;

/** How much an event tells (docs/domain.md, section 8). */
export interface Quality {
  /** From 0.0 to 1.0. */
  qualityScore: number;
  quality: (typeof QUALITIES)[number];
}

/** What an event states. Its type is always stated: an event without a type is a dead letter. */
interface StatedFields {
  page: boolean;
  session: boolean;
  time: boolean;
}

/** Scores an event: 1.0 minus 0.2 for each missing field; below 0.8 it is suspicious. */
export function scoreQuality({ page, session, time }: StatedFields): Quality {
  const missing = [page, session, time].filter((stated) => !stated).length;
  return { qualityScore: (10 - 2 * missing) / 10, quality: missing > 1 ? "SUSPICIOUS" : "VALID" };
}
