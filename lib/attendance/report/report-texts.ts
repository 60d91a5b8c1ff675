import type { Language } from "../../mail/template/language.ts";
import type { Metrics } from "../metrics/counts-and-rates.ts";

/** What becomes of appointments, as the chart and the tables of the report put it together. */
export type BarPart = "sold" | "completed" | "missed" | "cancelled" | "overhang";

/** The figures that are set against the week before, in the order in which they are told. */
export const COMPARED_METRICS = [
  "showRate",
  "netShowRate",
  "successRate",
  "noShowRate",
  "cancellationRate",
  "totalSlots",
  "completed",
  "sold",
  "noShows",
  "ghosts",
  "cancelled",
  "rescheduled",
  "overhang",
] as const satisfies readonly (keyof Metrics)[];

export type ComparedMetric = (typeof COMPARED_METRICS)[number];

/** What stands in the weekly report, in one language. Numbers and dates come written in it. */
export interface ReportTexts {
  title: string;
  subject: (rate: string, dates: string) => string;
  greeting: string;
  intro: (dates: string) => string;
  showRate: string;
  /** After a difference of rates, in percentage points. */
  points: (one: boolean) => string;
  /** After the name of a figure. */
  against: (change: string) => string;
  comparison: {
    title: string;
    caption: (dates: string) => string;
    header: string[];
    names: Record<ComparedMetric, string>;
  };
  /** Of the tables by day and by consultant, after their first column. */
  columns: string[];
  byDay: { title: string; column: string; all: string };
  byConsultant: { title: string; column: string; unknown: string };
  hours: {
    title: string;
    /** An hour of the day, by its number. */
    hour: (hour: number) => string;
    line: (hour: string, rate: string, missed: string, total: string) => string;
    none: (appointments: number) => string;
  };
  notes: {
    title: string;
    idle: (days: string) => string;
    /** Instead of all days. */
    allIdle: string;
    imported: (days: string) => string;
    before: (read: number) => string;
    /** Instead of no day. */
    nothingBefore: string;
  };
  chart: {
    title: string;
    parts: Record<BarPart, string>;
    empty: string;
    alt: (days: string) => string;
    /** Of a day's appointments. */
    sold: (sold: string) => string;
  };
  /** What the figures mean. */
  counting: { title: string; lines: string[] };
  closing: string;
}

const DE: ReportTexts = {
  title: "Auftauchquote der Woche",
  subject: (rate, dates) => `Auftauchquote der Woche: ${rate} (${dates})`,
  greeting: "Guten Tag,",
  intro: (dates) => `hier steht, was aus den Terminen der Woche vom ${dates} geworden ist.`,
  showRate: "Auftauchquote",
  points: (one) => (one ? "Punkt" : "Punkte"),
  against: (change) => `${change} zur Vorwoche`,
  comparison: {
    title: "Im Vergleich",
    caption: (dates) => `Vorwoche: ${dates}`,
    header: ["Kennzahl", "Woche", "Änderung", "Vorwoche"],
    names: {
      showRate: "Auftauchquote",
      netShowRate: "Netto-Auftauchquote",
      successRate: "Erfolgsrate",
      noShowRate: "No-Show-Rate",
      cancellationRate: "Absagerate",
      totalSlots: "Termine",
      completed: "Erschienen",
      sold: "Verkauft",
      noShows: "Nicht erschienen",
      ghosts: "Ghosts",
      cancelled: "Abgesagt",
      rescheduled: "Verschoben",
      overhang: "Überhang",
    },
  },
  columns: ["Quote", "Termine", "Kamen", "No-Shows", "Absagen", "Überhang"],
  byDay: { title: "Nach Tagen", column: "Tag", all: "Woche" },
  byConsultant: { title: "Nach Beratern", column: "Berater", unknown: "Unbekannt" },
  hours: {
    title: "Stunden mit den meisten No-Shows",
    hour: (hour) => `${hour}–${hour + 1} Uhr`,
    line: (hour, rate, missed, total) => `${hour}: ${rate} No-Shows (${missed} von ${total})`,
    none: (appointments) => `Keine No-Shows in Stunden mit mindestens ${appointments} Terminen.`,
  },
  notes: {
    title: "Hinweise",
    idle: (days) => `Ohne Termine: ${days}.`,
    allIdle: "In dieser Woche gab es keine Termine.",
    imported: (days) => `Importiert und nicht aus den Kalendern gelesen: ${days}.`,
    before: (read) => `Von der Vorwoche sind nur ${read} von 7 Tagen bekannt; darum fehlt der Vergleich.`,
    nothingBefore: "Von der Vorwoche ist nichts bekannt.",
  },
  chart: {
    title: "Termine je Tag, darüber die Auftauchquote",
    parts: {
      sold: "davon verkauft",
      completed: "erschienen",
      missed: "No-Show/Ghost",
      cancelled: "abgesagt/verschoben",
      overhang: "Überhang",
    },
    empty: "Keine Termine in dieser Woche",
    alt: (days) =>
      `Diagramm der Termine je Tag, mit der Auftauchquote und was verkauft wurde: ${days}. Alle Zahlen stehen unter „Nach Tagen“.`,
    sold: (sold) => `${sold} verkauft`,
  },
  counting: {
    title: "So wird gezählt",
    lines: [
      "Auftauchquote: erschienen von allen Terminen. Netto zählen abgesagte und verschobene nicht mit.",
      "Erfolgsrate: verkauft von erschienen.",
      "No-Show-Rate, und No-Shows je Tag, Berater und Stunde: nicht erschienen, Ghosts eingeschlossen.",
      "Absagen je Tag und Berater: verschobene eingeschlossen; die Absagerate zählt sie nicht mit.",
      "Die Kalender werden jede Nacht neu gelesen. Was für die letzten 14 Tage nachgetragen wird, ändert die Zahlen noch.",
    ],
  },
  closing: "Diesen Bericht bekommt, wer in TRACKING_REPORT_TO steht.",
};

const EN: ReportTexts = {
  title: "Show rate of the week",
  subject: (rate, dates) => `Show rate of the week: ${rate} (${dates})`,
  greeting: "Hello,",
  intro: (dates) => `this is what became of the appointments of the week of ${dates}.`,
  showRate: "show rate",
  points: (one) => (one ? "point" : "points"),
  against: (change) => `${change} on the week before`,
  comparison: {
    title: "In comparison",
    caption: (dates) => `Week before: ${dates}`,
    header: ["Figure", "Week", "Change", "Before"],
    names: {
      showRate: "Show rate",
      netShowRate: "Net show rate",
      successRate: "Success rate",
      noShowRate: "No-show rate",
      cancellationRate: "Cancellation rate",
      totalSlots: "Appointments",
      completed: "Completed",
      sold: "Sold",
      noShows: "No-shows (without ghosts)",
      ghosts: "Ghosts",
      cancelled: "Cancelled",
      rescheduled: "Rescheduled",
      overhang: "Overhang",
    },
  },
  columns: ["Rate", "Total", "Came", "No-shows", "Cancelled", "Overhang"],
  byDay: { title: "By day", column: "Day", all: "Week" },
  byConsultant: { title: "By consultant", column: "Consultant", unknown: "Unknown" },
  hours: {
    title: "Hours with the most no-shows",
    hour: (hour) => `${clock(hour)}–${clock(hour + 1)}`,
    line: (hour, rate, missed, total) => `${hour}: ${rate} no-shows (${missed} of ${total})`,
    none: (appointments) => `No no-shows in hours with at least ${appointments} appointments.`,
  },
  notes: {
    title: "Notes",
    idle: (days) => `No appointments: ${days}.`,
    allIdle: "There were no appointments in this week.",
    imported: (days) => `Imported, and not read from the calendars: ${days}.`,
    before: (read) => `Only ${read} of 7 days of the week before are known, so nothing is compared with it.`,
    nothingBefore: "Nothing is known of the week before.",
  },
  chart: {
    title: "Appointments by day, and their show rate",
    parts: {
      sold: "of these sold",
      completed: "completed",
      missed: "no-show/ghost",
      cancelled: "cancelled/rescheduled",
      overhang: "overhang",
    },
    empty: "No appointments in this week",
    alt: (days) =>
      `Chart of the appointments by day, with the show rate and what was sold: ${days}. All figures stand under “By day”.`,
    sold: (sold) => `${sold} sold`,
  },
  counting: {
    title: "How it is counted",
    lines: [
      "Show rate: completed of all appointments. Net, cancelled and rescheduled ones do not count.",
      "Success rate: sold of completed.",
      "No-show rate, and no-shows by day, consultant and hour: ghosts included.",
      "Cancelled by day and consultant: rescheduled included; the cancellation rate leaves them out.",
      "The calendars are read again every night. What is added for the last 14 days will still change the figures.",
    ],
  },
  closing: "This report goes to whoever is in TRACKING_REPORT_TO.",
};

const clock = (hour: number): string => `${String(hour % 24).padStart(2, "0")}:00`;

export const REPORT_TEXTS: Readonly<Record<Language, ReportTexts>> = { de: DE, en: EN };
