import { seededRandom } from "../demo-data/seeded-random.ts";

/** The consultants and customers of the demo club, always the same. Pure. */

export interface Customer {
  name: string;
  english: boolean;
  /** Factor on the chance that this customer misses an appointment. */
  unreliability: number;
}

export interface Consultant {
  email: string;
  name: string;
  /** Factor on the chance that the customer does not come. */
  noShowFactor: number;
}

export const TEAM: readonly Consultant[] = [
  { email: "anna@club.example", name: "Anna Vogel", noShowFactor: 0.6 },
  { email: "ben@club.example", name: "Ben Krause", noShowFactor: 0.9 },
  { email: "clara@club.example", name: "Clara Sommer", noShowFactor: 1.1 },
  { email: "david@club.example", name: "David Lindner", noShowFactor: 1.5 },
];

/** The organizer of appointments that the online booking creates. */
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

/** The 150 customers; the first ones come most often. One has the last name Ghost, which is no marker. */
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
  const shuffled = named.map((person) => ({ person, order: random() })).sort((a, b) => a.order - b.order);
  return shuffled.map(({ person }) => ({ ...person, unreliability: unreliabilityOf(random()) }));
}

/** Most people are reliable, some miss appointments, and a few miss many. */
function unreliabilityOf(chance: number): number {
  if (chance < 0.6) return 0.3;
  return chance < 0.85 ? 1 : 3.2;
}
