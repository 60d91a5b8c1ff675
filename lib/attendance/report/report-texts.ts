import type { Language } from "../../users/languages.ts";
import type { Metrics } from "../metrics/counts-and-rates.ts";

/** The groups of outcomes that the chart shows. */
export type BarPart = "sold" | "completed" | "missed" | "cancelled" | "overhang";

/** The metrics that the report compares with the week before, in order. */
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

/** The texts of the weekly report in one language. Numbers and dates come already formatted. */
export interface ReportTexts {
  title: string;
  subject: (rate: string, dates: string) => string;
  greeting: string;
  intro: (dates: string) => string;
  showRate: string;
  /** The unit after a difference of rates: percentage points. */
  points: (isSingular: boolean) => string;
  /** The change against the week before, after the name of a metric. */
  against: (change: string) => string;
  comparison: {
    title: string;
    caption: (dates: string) => string;
    header: string[];
    names: Record<ComparedMetric, string>;
  };
  /** The columns of the tables by day and by consultant, without the first one. */
  columns: string[];
  byDay: { title: string; column: string; all: string };
  byConsultant: { title: string; column: string; unknown: string };
  hours: {
    title: string;
    /** The label of an hour of the day (0 to 23). */
    hour: (hour: number) => string;
    line: (hour: string, rate: string, missed: string, total: string) => string;
    none: (appointments: number) => string;
  };
  notes: {
    title: string;
    idle: (days: string) => string;
    /** If all days are without appointments. */
    allIdle: string;
    imported: (days: string) => string;
    before: (read: number) => string;
    /** If no day of the week before is known. */
    nothingBefore: string;
  };
  chart: {
    title: string;
    parts: Record<BarPart, string>;
    empty: string;
    alt: (days: string) => string;
    /** How many of a day's appointments were sold. */
    sold: (sold: string) => string;
  };
  /** What the numbers mean. */
  counting: { title: string; lines: string[] };
  closing: string;
}

const DE: ReportTexts = {
  title: "Auftauchquote der Woche",
  subject: (rate, dates) => `Auftauchquote der Woche: ${rate} (${dates})`,
  greeting: "Guten Tag,",
  intro: (dates) => `hier ist die Auswertung der Termine vom ${dates}.`,
  showRate: "Auftauchquote",
  points: (isSingular) => (isSingular ? "Punkt" : "Punkte"),
  against: (change) => `${change} zur Vorwoche`,
  comparison: {
    title: "Im Vergleich",
    caption: (dates) => `Vorwoche: ${dates}`,
    header: ["Kennzahl", "Woche", "Änderung", "Vorwoche"],
    names: {
      showRate: "Auftauchquote",
      netShowRate: "Netto-Auftauchquote",
      successRate: "Erfolgsrate",
      noShowRate: "No-Show-Quote",
      cancellationRate: "Absagequote",
      totalSlots: "Termine",
      completed: "Erschienen",
      sold: "Abschlüsse",
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
    imported: (days) => `Aus importierten Dateien statt aus den Kalendern: ${days}.`,
    before: (read) => `Für die Vorwoche liegen nur ${read} von 7 Tagen vor, deshalb fehlt der Vergleich.`,
    nothingBefore: "Für die Vorwoche liegen keine Zahlen vor.",
  },
  chart: {
    title: "Termine je Tag, darüber die Auftauchquote",
    parts: {
      sold: "davon Abschluss",
      completed: "erschienen",
      missed: "No-Show/Ghost",
      cancelled: "abgesagt/verschoben",
      overhang: "Überhang",
    },
    empty: "Keine Termine in dieser Woche",
    alt: (days) =>
      `Diagramm: Termine je Tag mit Auftauchquote und Abschlüssen: ${days}. Alle Zahlen stehen in der Tabelle „Nach Tagen“.`,
    sold: (sold) => `${sold} mit Abschluss`,
  },
  counting: {
    title: "So wird gezählt",
    lines: [
      "Auftauchquote: Anteil der Termine, zu denen der Kunde erschienen ist. Bei der Netto-Auftauchquote zählen abgesagte und verschobene Termine nicht mit.",
      "Erfolgsrate: Anteil der erschienenen Kunden, mit denen es zum Abschluss kam.",
      "No-Shows je Tag, Berater und Stunde und die No-Show-Quote enthalten auch die Ghosts.",
      "Absagen je Tag und Berater enthalten auch verschobene Termine; die Absagequote zählt nur abgesagte.",
      "Die Kalender werden jede Nacht neu gelesen. Nachträge für die letzten 14 Tage ändern die Zahlen noch.",
    ],
  },
  closing: "Dieser Bericht geht an die Adressen in der Einstellung TRACKING_REPORT_TO.",
};

const EN: ReportTexts = {
  title: "Show rate of the week",
  subject: (rate, dates) => `Show rate of the week: ${rate} (${dates})`,
  greeting: "Hello,",
  intro: (dates) => `here are the results of the appointments of ${dates}.`,
  showRate: "show rate",
  points: (isSingular) => (isSingular ? "point" : "points"),
  against: (change) => `${change} on the week before`,
  comparison: {
    title: "Comparison",
    caption: (dates) => `Week before: ${dates}`,
    header: ["Metric", "Week", "Change", "Before"],
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
    imported: (days) => `From imported files instead of the calendars: ${days}.`,
    before: (read) => `Only ${read} of 7 days of the week before are known, so there is no comparison.`,
    nothingBefore: "There are no numbers for the week before.",
  },
  chart: {
    title: "Appointments by day, with the show rate",
    parts: {
      sold: "sold",
      completed: "completed",
      missed: "no-show/ghost",
      cancelled: "cancelled/rescheduled",
      overhang: "overhang",
    },
    empty: "No appointments in this week",
    alt: (days) =>
      `Chart: appointments by day with show rate and sales: ${days}. All numbers are in the table “By day”.`,
    sold: (sold) => `${sold} sold`,
  },
  counting: {
    title: "How it is counted",
    lines: [
      "Show rate: the share of appointments to which the customer came. The net show rate leaves out cancelled and rescheduled appointments.",
      "Success rate: the share of completed appointments that led to a sale.",
      "No-shows by day, consultant and hour, and the no-show rate, include ghosts.",
      "Cancelled by day and consultant includes rescheduled appointments; the cancellation rate counts only cancelled ones.",
      "The calendars are read again every night. Late entries for the last 14 days still change the numbers.",
    ],
  },
  closing: "This report goes to the addresses in the setting TRACKING_REPORT_TO.",
};

const clock = (hour: number): string => `${String(hour % 24).padStart(2, "0")}:00`;

export const REPORT_TEXTS: Readonly<Record<Language, ReportTexts>> = { de: DE, en: EN };
