const LEVELS = 5;

/** The class of a cell by its share of the whole, 0 to 1: `heat-0` for nothing up to `heat-5` (style.css). Pure. */
export function heatOf(share: number | null): string {
  if (share === null) return "heat-none";
  return `heat-${Math.min(LEVELS, Math.max(0, Math.ceil(share * LEVELS)))}`;
}
