import type { slots as english } from "../en/slots.ts";
import { counted } from "../plural.ts";

export const slots: typeof english = {
  title: "Slots der nächsten 30 Tage",
  coverage: "Abdeckung",
  covered: (covered, active) => `${covered} von ${active} Leistungen buchbar`,
  density: "Slots pro Tag",
  bookable: (slots, days) => `${counted(slots, "buchbarer Slot", "buchbare Slots")} in ${days} Tagen`,
  past: "Auslastung, letzte 30 Tage",
  ahead: "Auslastung, nächste 30 Tage",
  booked: (booked, offered) => `${booked} von ${offered} Plätzen`,
  noWarnings: "Keine Warnungen.",
  levels: { warning: "Warnung", recommendation: "Empfehlung" },
  uncovered: "Leistungen ohne buchbaren Slot:",
  calendar: "Die nächsten Wochen",
  gridLegend: "Slots pro Tag, darunter gebuchte und angebotene Plätze. Je dunkler, desto voller.",
  cell: (slots, booked, capacity, providers) =>
    `${counted(slots, "Slot", "Slots")}, ${booked} von ${capacity} Plätzen gebucht, ${providers} Anbieter`,
  noSlots: "Keine Slots in den nächsten Wochen.",
  providers: "Anbieter",
  noProviders: "Kein Anbieter hat aktive Leistungen.",
  provider: "Anbieter",
  services: "Buchbare Leistungen",
  bookableSlots: "Buchbare Slots",
  bookedPlaces: "Gebucht",
  offeredPlaces: "Angeboten",
};
