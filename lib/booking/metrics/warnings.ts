/** What an operator should look at, in words; the code is for machines. */
export interface SlotWarning {
  code: "coverage-low" | "coverage-below-recommendation" | "density-low" | "slots-capped";
  level: "warning" | "recommendation";
  message: string;
}

const LOWEST_COVERAGE = 50;
const RECOMMENDED_COVERAGE = 80;
const LOWEST_DENSITY = 10;

/**
 * Warnings of the metrics (domain, section 6): coverage under 50 %, density under 10 a day, coverage under the recommended
 * 80 %, and slots left out for their number. Where there are no services there is nothing to warn of. Pure.
 */
export function slotWarnings(coverage: number | null, density: number | null, capped: number): SlotWarning[] {
  const warnings: SlotWarning[] = [];
  if (coverage !== null && coverage < LOWEST_COVERAGE) {
    const message = `${coverage} % of the active services can be booked, less than ${LOWEST_COVERAGE} %`;
    warnings.push({ code: "coverage-low", level: "warning", message });
  } else if (coverage !== null && coverage < RECOMMENDED_COVERAGE) {
    const message = `${coverage} % of the active services can be booked; ${RECOMMENDED_COVERAGE} % are recommended`;
    warnings.push({ code: "coverage-below-recommendation", level: "recommendation", message });
  }
  if (density !== null && density < LOWEST_DENSITY) {
    const message = `${density} slots a day can be booked, less than ${LOWEST_DENSITY}`;
    warnings.push({ code: "density-low", level: "warning", message });
  }
  if (capped > 0) {
    const message = `the last maintenance left ${capped} slots out: MAX_SLOTS_PER_SERVICE is too small for some services`;
    warnings.push({ code: "slots-capped", level: "warning", message });
  }
  return warnings;
}
