/** Kilometres per mile (docs/domain.md, section 3). */
export const KM_PER_MILE = 1.60934;
