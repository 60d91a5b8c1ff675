import type {
  availabilityExceptions,
  providerAvailability,
  providers,
  services,
  serviceTimeSlots,
} from "../../lib/booking/schema.ts";

/** The 10 providers of the demo club in 4 zones, and their 25 services. Pure; every call returns the same. */

type Provider = typeof providers.$inferInsert;
type Window = typeof providerAvailability.$inferInsert;
type Service = typeof services.$inferInsert;
type TimeSlot = typeof serviceTimeSlots.$inferInsert;
type Exception = typeof availabilityExceptions.$inferInsert;

/** Rows of the tables in lib/booking/schema.ts. */
export interface DemoCatalog {
  providers: Provider[];
  windows: Window[];
  services: Service[];
  timeSlots: TimeSlot[];
  exceptions: Exception[];
}

const WORKDAYS = [0, 1, 2, 3, 4];

/** Providers and their working hours: `[id, name, zone, weekdays, from, to, break]`, in local hours of the day. */
const PROVIDERS = [
  ["aylin", "Aylin Demir", "Europe/Berlin", WORKDAYS, 8, 17, [12, 13]],
  ["ben", "Ben Krause", "Europe/Berlin", WORKDAYS, 9, 18, [13, 14]],
  ["carla", "Carla Vogt", "Europe/Berlin", [1, 3, 5], 10, 20, [14, 15]],
  ["david", "David Lindner", "Europe/Berlin", [0, 2, 4], 7, 15, [11, 12]],
  ["emma", "Emma Sommer", "Europe/Berlin", [4, 5, 6], 9, 22, [14, 16]],
  ["joana", "Joana Costa", "Europe/Lisbon", WORKDAYS, 9, 17, [13, 14]],
  ["rui", "Rui Almeida", "Europe/Lisbon", [0, 1, 2, 3], 14, 22, null],
  ["megan", "Megan Clark", "America/New_York", WORKDAYS, 8, 16, [12, 13]],
  ["sita", "Sita Gurung", "Asia/Kathmandu", [0, 1, 2, 3, 4, 6], 7, 15, [11, 12]],
  ["tara", "Tara Shrestha", "Asia/Kathmandu", [0, 2, 4], 22, 26, null], // over midnight
] as const;

/** Their services: `[provider, id, name, minutes, price, more]`. */
const SERVICES: readonly (readonly [string, string, string, number, number, Partial<Service>?])[] = [
  ["aylin", "physio-45", "Physiotherapie", 45, 62, { bufferAfter: 15 }],
  ["aylin", "physio-first", "Physiotherapie: Erstgespräch", 60, 80, { bufferAfter: 15, confirmationRequired: true }],
  ["aylin", "taping", "Kinesio-Taping", 20, 25, { bufferAfter: 10 }],
  ["ben", "personal-60", "Personal Training", 60, 75, { minNoticeMinutes: 120 }],
  ["ben", "body-check", "Body Check", 30, 35],
  ["ben", "running-form", "Laufanalyse", 45, 55, { bufferBefore: 15 }],
  ["carla", "massage-30", "Massage", 30, 38, { bufferAfter: 10 }],
  ["carla", "massage-60", "Massage, lang", 60, 68, { bufferAfter: 10 }],
  ["carla", "sauna-club", "Saunaabend", 120, 18],
  ["david", "spinning", "Spinning-Kurs", 60, 12],
  ["david", "back-class", "Rückenkurs", 60, 14],
  ["david", "plan-review", "Trainingsplan-Check", 30, 0],
  ["emma", "yoga-private", "Yoga, einzeln", 75, 70, { bufferAfter: 15 }],
  ["emma", "yoga-class", "Yoga-Kurs", 90, 16],
  ["emma", "meditation", "Meditation", 30, 10],
  ["joana", "nutrition", "Ernährungsberatung", 50, 60, { bufferAfter: 10 }],
  ["joana", "nutrition-short", "Ernährungsberatung: Nachgespräch", 25, 30, { bufferAfter: 5 }],
  ["rui", "swim-technique", "Schwimmtechnik", 45, 48, { bufferBefore: 15 }],
  ["rui", "aqua-fit", "Aqua-Fitness", 45, 13],
  ["megan", "mobility", "Mobility coaching", 40, 55, { bufferAfter: 20 }],
  ["megan", "strength", "Strength coaching", 60, 80],
  ["megan", "race-plan", "Race planning", 30, 45, { minNoticeMinutes: 1440 }],
  ["sita", "trek-prep", "Trek preparation", 60, 30],
  ["sita", "breathing", "Breathing at altitude", 30, 15, { bufferAfter: 15 }],
  ["tara", "night-yoga", "Night yoga online", 60, 12, { bufferAfter: 15 }],
];

/** Group classes: `[service, weekdays, from, to, places, price multiplier]`. */
const GROUPS = [
  ["spinning", [0, 2, 4], 7, 9, 12, 1],
  ["back-class", [0, 2], 9, 11, 10, 1],
  ["yoga-class", [5, 6], 9, 12, 14, 1],
  ["yoga-class", [4], 18, 21, 14, 1.25],
  ["sauna-club", [5], 18, 20, 20, 1.5],
  ["aqua-fit", [1, 3], 18, 21, 15, 1.2],
] as const;

/** @param firstDate A date, `YYYY-MM-DD`. Exceptions such as a day off or a short day follow within ten days. */
export function demoCatalog(firstDate: string): DemoCatalog {
  const date = (days: number) => new Date(Date.parse(firstDate) + days * 86_400_000).toISOString().slice(0, 10);
  return {
    providers: PROVIDERS.map(([id, name, timezone]) => ({ id, name, timezone })),
    windows: PROVIDERS.flatMap(([providerId, , , weekdays, from, to, pause]) =>
      weekdays.map((weekday) => ({
        providerId,
        weekday,
        startMinute: from * 60,
        endMinute: minutes(to),
        breakStartMinute: pause === null ? null : pause[0] * 60,
        breakEndMinute: pause === null ? null : pause[1] * 60,
      })),
    ),
    services: SERVICES.map(([providerId, id, name, durationMinutes, price, more]) => ({
      id,
      providerId,
      name,
      durationMinutes,
      price,
      ...more,
    })),
    timeSlots: GROUPS.flatMap(([serviceId, weekdays, from, to, capacity, priceMultiplier]) =>
      weekdays.map((weekday) => ({
        serviceId,
        weekday,
        startMinute: from * 60,
        endMinute: to * 60,
        capacity,
        peak: priceMultiplier > 1,
        priceMultiplier,
      })),
    ),
    exceptions: [
      { providerId: "aylin", date: date(3), kind: "closed", reason: "Fortbildung" },
      { providerId: "ben", date: date(5), kind: "blocked", startMinute: 540, endMinute: 660, reason: "Zahnarzt" },
      { providerId: "emma", date: date(8), kind: "hours", startMinute: 720, endMinute: 900, reason: "Kurztag" },
      { providerId: "sita", date: date(10), kind: "closed", reason: "Feiertag" },
    ],
  };
}

/** Hours beyond 24 belong to the next day. */
const minutes = (hour: number): number => (hour > 24 ? hour - 24 : hour) * 60;
