import { counted } from "../plural.ts";

/** The tab of the slots. */
export const slots = {
  title: "Slots of the next 30 days",
  coverage: "Coverage",
  covered: (covered: string, active: string): string => `${covered} of ${active} services can be booked`,
  density: "Slots per day",
  bookable: (slots: string, days: string): string =>
    `${counted(slots, "bookable slot", "bookable slots")} in ${days} days`,
  past: "Booking rate, past 30 days",
  ahead: "Booking rate, next 30 days",
  booked: (booked: string, offered: string): string => `${booked} of ${offered} places`,
  noWarnings: "No warnings.",
  levels: { warning: "warning", recommendation: "recommendation" },
  uncovered: "Services without a bookable slot:",
  calendar: "Coming weeks",
  gridLegend: "Slots of each day; below, booked and offered places. The darker, the fuller.",
  cell: (slots: string, booked: string, capacity: string, providers: string): string =>
    `${counted(slots, "slot", "slots")}, ${booked} of ${capacity} places booked, ` +
    `${counted(providers, "provider", "providers")}`,
  noSlots: "No slots in the coming weeks.",
  providers: "Providers",
  noProviders: "No provider has active services.",
  provider: "Provider",
  services: "Bookable services",
  bookableSlots: "Bookable slots",
  bookedPlaces: "Booked",
  offeredPlaces: "Offered",
};
