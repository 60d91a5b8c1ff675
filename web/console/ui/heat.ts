const LEVELS = 5;

/** The CSS class for a share from 0 to 1: `heat-0` for nothing up to `heat-5`. Pure. */
export function heatOf(share: number | null): string {
  if (share === null) return "heat-none";
  return `heat-${Math.min(LEVELS, Math.max(0, Math.ceil(share * LEVELS)))}`;
}
