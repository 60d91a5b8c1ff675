/**
 * The outcome rules as data (docs/domain.md, section 7): the first rule whose condition matches decides. Increase the version
 * with every change, so that the next run reclassifies the stored appointments. It does not need Google for that.
 */
export const RULES_VERSION = 1;

export const OUTCOMES = [
  "completed",
  "no_show",
  "ghost",
  "cancelled",
  "rescheduled",
  "overhang",
  "pending",
  "placeholder",
] as const;

export type Outcome = (typeof OUTCOMES)[number];

export type RuleCondition =
  /** Google's event status. */
  | { status: string }
  | { allDay: true }
  /** Google's event type. */
  | { eventTypes: readonly string[] }
  | { digitsOnly: true }
  /** A word in brackets, or set off at either end of the title. */
  | { marker: string }
  /** Any of these phrases, as whole words anywhere in the title, unless a word of `not` stands directly before it. */
  | { words: readonly string[]; not?: readonly string[] }
  | { colours: readonly string[] }
  | { otherwise: true };

export interface Rule {
  when: RuleCondition;
  outcome: Outcome;
  sold?: true;
  confidence?: "low";
}

export const RULES: readonly Rule[] = [
  // Placeholders do not count.
  { when: { allDay: true }, outcome: "placeholder" },
  { when: { eventTypes: ["outOfOffice", "focusTime", "workingLocation", "birthday"] }, outcome: "placeholder" },
  { when: { digitsOnly: true }, outcome: "placeholder" },
  // The event's status and the title.
  { when: { status: "cancelled" }, outcome: "cancelled" },
  { when: { marker: "ghost" }, outcome: "ghost" },
  { when: { words: ["nicht erschienen"] }, outcome: "no_show" },
  { when: { words: ["abgesagt"] }, outcome: "cancelled" },
  { when: { words: ["überhang", "ueberhang"] }, outcome: "overhang" },
  { when: { words: ["verschoben"] }, outcome: "rescheduled" },
  {
    when: { words: ["verkauft", "abschluss", "sold"], not: ["nicht", "kein", "keine", "not", "no"] },
    outcome: "completed",
    sold: true,
  },
  { when: { marker: "erschienen" }, outcome: "completed" },
  // The colour.
  { when: { colours: ["11", "6", "4"] }, outcome: "no_show" },
  { when: { colours: ["2", "7", "5", "3", "9", "10", "8", "1"] }, outcome: "completed" },
  { when: { otherwise: true }, outcome: "completed", confidence: "low" },
];

/** The phrases that negate the words of a rule: `nicht verkauft`. */
export const negatedPhrases = ({ words, not = [] }: Extract<RuleCondition, { words: unknown }>): string[] =>
  words.flatMap((word) => not.map((negation) => `${negation} ${word}`));

/** The potential type of each colour (docs/domain.md, section 7). */
const POTENTIALS: Readonly<Record<string, string>> = {
  "2": "normal",
  "7": "top",
  "5": "closer_needed",
  "3": "recall",
  "9": "standard",
  "10": "standard",
  "8": "customer_name",
  "1": "custom",
  "11": "no_show",
  "6": "cancelled",
  "4": "no_t1",
};

/** The potential type of a colour id; `unknown` for any other colour, or none. */
export const potentialByColour = (colorId: string | null): string =>
  (colorId !== null && Object.hasOwn(POTENTIALS, colorId) && POTENTIALS[colorId]) || "unknown";
