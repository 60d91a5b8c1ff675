/** The responses of `/api/admin/slots/metrics` and `/api/admin/slots/calendar`. Dates are `YYYY-MM-DD`. */

export interface Rate {
  booked: number;
  offered: number;
  percent: number | null;
}

export interface SlotMetrics {
  coverage: { activeServices: number; coveredServices: number; percent: number | null };
  density: { bookableSlots: number; days: number; perDay: number | null };
  bookingRate: { past: Rate; ahead: Rate };
  uncovered: string[];
  warnings: { code: string; level: "warning" | "recommendation"; message: string }[];
  providers: {
    providerId: string;
    name: string;
    timezone: string;
    activeServices: number;
    coveredServices: number;
    bookableSlots: number;
    booked: number;
    offered: number;
  }[];
}

export interface SlotCalendar {
  days: { date: string; slots: number; capacity: number; booked: number; providers: number }[];
}
