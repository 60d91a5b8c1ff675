/** Kilometres in a mile, as the domain text counts them (section 3). */
export const KM_PER_MILE = 1.60934;
