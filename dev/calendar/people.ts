import { seededRandom } from "../demo-data/seeded-random.ts";

/** Who meets whom on the demo club's calendars, always the same. Pure. */

export interface Customer {
  name: string;
  english: boolean;
  /** How much likelier than others this one is to miss an appointment. */
  unreliability: number;
}

export interface Consultant {
  email: string;
  name: string;
  /** How much likelier than with others it is that nobody comes. */
  missFactor: number;
}

export const TEAM: readonly Consultant[] = [
  { email: "anna@club.example", name: "Anna Vogel", missFactor: 0.6 },
  { email: "ben@club.example", name: "Ben Krause", missFactor: 0.9 },
  { email: "clara@club.example", name: "Clara Sommer", missFactor: 1.1 },
  { email: "david@club.example", name: "David Lindner", missFactor: 1.5 },
];

/** The address under which the online booking writes appointments. */
export const BOOKING_TOOL = "buchung@club.example";

const FIRST_NAMES =
  "Max Sabine Jürgen Mia Lukas Petra Sören Jana Tobias Ayşe Björn Leonie Murat Ute Karl Renée Götz Silke Noah Käthe Uwe Lena Jörg Elif Paul Gisela Finn Zoë Hans Doris".split(
    " ",
  );
const LAST_NAMES =
  "Mustermann Müller Kern Schäfer Yılmaz Weiß Jäger Koch Groß Brandt Köhler Lange Öztürk Peters Kühn Winkler Vogt Böhm Arslan Haas Seidel Jansen Günther Ritter Nowak".split(
    " ",
  );
const ENGLISH =
  "Emily Carter,James Walker,Olivia Reed,Harry Collins,Grace Murphy,Jack Turner,Chloe Bennett,Oscar Hughes,Amelia Brooks,Ethan Ward,Sophie Grant,Liam O'Brien,Isla Fraser,Noel Price,Ruby Sutton,Alfie Marsh,Nora Quinn,Theo Walsh".split(
    ",",
  );
const GERMAN_SIZE = 131;

/** The 150 customers; the first come most often. One of them is called Ghost, and can do nothing about it. */
export const CUSTOMERS: readonly Customer[] = customers();

function customers(): Customer[] {
  const random = seededRandom(7_000);
  const german = Array.from({ length: GERMAN_SIZE }, (_, n) => {
    const first = FIRST_NAMES[n % FIRST_NAMES.length] ?? "";
    const last = LAST_NAMES[(n + Math.floor(n / FIRST_NAMES.length) * 3) % LAST_NAMES.length] ?? "";
    return { name: `${first} ${last}`, english: false };
  });
  const named = [...german, ...ENGLISH.map((name) => ({ name, english: true }))];
  named.splice(9, 0, { name: "Helena Ghost", english: false });
  const placed = named.map((person) => ({ person, place: random() })).sort((one, other) => one.place - other.place);
  return placed.map(({ person }) => ({ ...person, unreliability: unreliabilityOf(random()) }));
}

/** Most people come, some do not always, and a few are known for it. */
function unreliabilityOf(chance: number): number {
  if (chance < 0.6) return 0.3;
  return chance < 0.85 ? 1 : 3.2;
}
