import type { Customer } from "./people.ts";

/** How the demo club's team writes titles, and what becomes of them once an appointment is over. Pure. */

/** What becomes of an appointment. */
export type Fate =
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

export type Kind = keyof typeof TOPICS.german;

/** A title as it is written when an appointment is made. */
export function plainTitle({ name, english }: Customer, kind: Kind, random: () => number): string {
  const topic = oneOf(TOPICS[english ? "english" : "german"][kind].split(","), random());
  const style = random();
  const title = style < 0.8 ? `${name} - ${topic}` : style < 0.92 ? name : `${name} (${topic})`;
  return random() < 0.04 ? title.normalize("NFD") : title; // as some phones write it
}

/** The spellings: `T` is the title as it was, `N` the customer's name alone. */
const MARKS: Partial<Record<Fate, readonly string[]>> = {
  appeared: ["T (erschienen)", "T - erschienen"],
  ghost: ["T (ghost)", "T [GHOST]", "Ghost - N", "N | ghost", "T (Ghost)", "GHOST: N"],
  "no-show": ["T (nicht erschienen)", "N - nicht erschienen", "T - Nicht erschienen!"],
  "called-off": ["T - abgesagt", "T (abgesagt)", "ABGESAGT: T"],
  rescheduled: ["T - verschoben", "T (verschoben)", "verschoben: N"],
  overhang: ["T (Überhang)", "T - UEBERHANG", "Überhang N", "T (U\u0308berhang)"],
  sold: ["T - verkauft", "T (Abschluss)", "T - sold", "N - Abschluss!"],
};

/** A title as it is written afterwards. */
export function markedTitle(title: string, { name }: Customer, fate: Fate, chance: number): string {
  const spellings = MARKS[fate];
  if (spellings === undefined) return title;
  return oneOf(spellings, chance).replace(/\b[TN]\b/, (place) => (place === "T" ? title : name));
}

/** The one of a list at a place from 0 to 1. */
export function oneOf<T>(list: readonly T[], place: number): T {
  return list[Math.floor(place * list.length)] as T;
}
