/** Stands in the address instead of a provider's id. */
export const EVERYBODY = "*";
