import type { SlotWarning } from "./metrics-schema.ts";

const MIN_COVERAGE = 50;
const RECOMMENDED_COVERAGE = 80;
const MIN_DENSITY = 10;

/**
 * Lists the warnings for slot metrics (docs/domain.md, section 6): low coverage, low density and slots that the limit left
 * out. Coverage and density are null without services, and then give no warning. Pure.
 * @param coverage Percent of the active services that can be booked.
 * @param density Bookable slots per day.
 * @param capped How many slots the last maintenance left out.
 */
export function slotWarnings(coverage: number | null, density: number | null, capped: number): SlotWarning[] {
  const warnings: SlotWarning[] = [];
  if (coverage !== null && coverage < MIN_COVERAGE) {
    const message = `Only ${coverage} % of the active services can be booked; it should be at least ${MIN_COVERAGE} %.`;
    warnings.push({ code: "coverage-low", level: "warning", message });
  } else if (coverage !== null && coverage < RECOMMENDED_COVERAGE) {
    const message = `${coverage} % of the active services can be booked; ${RECOMMENDED_COVERAGE} % are recommended.`;
    warnings.push({ code: "coverage-below-recommendation", level: "recommendation", message });
  }
  if (density !== null && density < MIN_DENSITY) {
    const message = `Only ${density} slots per day can be booked; it should be at least ${MIN_DENSITY}.`;
    warnings.push({ code: "density-low", level: "warning", message });
  }
  if (capped > 0) {
    const message = `The last slot maintenance left out ${capped} slots, because MAX_SLOTS_PER_SERVICE is too low for some services.`;
    warnings.push({ code: "slots-capped", level: "warning", message });
  }
  return warnings;
}
