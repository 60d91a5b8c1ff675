import type { Customer } from "./people.ts";

/** The titles that the demo club's team writes, before and after an appointment. Pure. */

/** How an appointment ends. */
export type Ending =
  | "came"
  | "appeared"
  | "ghost"
  | "no-show"
  | "no-show-colour"
  | "called-off"
  | "rescheduled"
  | "overhang"
  | "sold"
  | "deleted";

const TOPICS = {
  german: {
    Beratung: "Erstgespräch,Beratung,Folgetermin,Trainingsplan,Ernährungsberatung,Vertragsverlängerung",
    Training: "Personal Training,Probetraining,Laufanalyse,Körperanalyse,Technik",
  },
  english: {
    Beratung: "Intro call,Consultation,Follow-up,Training plan",
    Training: "Personal training,Trial session,Running analysis",
  },
};

export type CalendarKind = keyof typeof TOPICS.german;

/** The title of a new appointment. */
export function initialTitle({ name, english }: Customer, kind: CalendarKind, random: () => number): string {
  const topic = pickFrom(TOPICS[english ? "english" : "german"][kind].split(","), random());
  const style = random();
  const title = style < 0.8 ? `${name} - ${topic}` : style < 0.92 ? name : `${name} (${topic})`;
  return random() < 0.04 ? title.normalize("NFD") : title; // some phones write umlauts in two characters
}

/** The spellings of final titles: `T` is the initial title, `N` the customer's name. */
const FINAL_TITLES: Partial<Record<Ending, readonly string[]>> = {
  appeared: ["T (erschienen)", "T - erschienen"],
  ghost: ["T (ghost)", "T [GHOST]", "Ghost - N", "N | ghost", "T (Ghost)", "GHOST: N"],
  "no-show": ["T (nicht erschienen)", "N - nicht erschienen", "T - Nicht erschienen!"],
  "called-off": ["T - abgesagt", "T (abgesagt)", "ABGESAGT: T"],
  rescheduled: ["T - verschoben", "T (verschoben)", "verschoben: N"],
  overhang: ["T (Überhang)", "T - UEBERHANG", "Überhang N", "T (U\u0308berhang)"],
  sold: ["T - verkauft", "T (Abschluss)", "T - sold", "N - Abschluss!"],
};

/** The title after the appointment, which states how it ended. */
export function finalTitle(title: string, { name }: Customer, ending: Ending, chance: number): string {
  const spellings = FINAL_TITLES[ending];
  if (spellings === undefined) return title;
  return pickFrom(spellings, chance).replace(/\b[TN]\b/, (letter) => (letter === "T" ? title : name));
}

/** The item of a list at a position from 0 to 1 (exclusive). */
export function pickFrom<T>(list: readonly T[], position: number): T {
  return list[Math.floor(position * list.length)] as T;
}
