import { DAY_MINUTES, dateOfWall, wallOfDate, weekdayOfWall } from "../../lib/time/wall-clock.ts";
import { seededRandom } from "../demo-data/seeded-random.ts";
import { CUSTOMERS, TEAM } from "./people.ts";
import { CLOCK, historyOf, type Plan, seedOf, timesOf, writtenBy } from "./planned-event.ts";
import { type Kind, oneOf } from "./titles.ts";

/** What else is in the demo club's calendars: holidays, placeholders, an appointment across midnight. Pure. */

const THURSDAY = 3;
const FRIDAY = 4;
const SATURDAY = 5;

/** On how many days of a hundred. */
const NUMBERS = 30;
const HOLIDAYS = 8;
const NIGHTS = 9;

/** The extras of a calendar that begin on a local date. */
export function extrasOn(kind: Kind, date: string): Plan[] {
  const wall = wallOfDate(date);
  const weekday = weekdayOfWall(wall);
  const random = seededRandom(seedOf(`extras ${kind} ${date}`));
  const chance = (share: number) => random() * 100 < share;
  const [number, holiday, night] = [chance(NUMBERS), chance(HOLIDAYS), chance(NIGHTS)];
  const id = (count: number) => `termin${date.replaceAll("-", "")}${count}`;
  return [
    ...(number && weekday <= SATURDAY ? [placeholder(id(90), kind, wall, random)] : []),
    ...(holiday && weekday <= THURSDAY ? [daysOff(id(91), kind, wall, random)] : []),
    ...(night && weekday <= FRIDAY ? [acrossMidnight(id(92), kind, wall, random)] : []),
  ];
}

/** A title of digits only: so many places, or so many to call, which is no appointment. */
function placeholder(id: string, kind: Kind, wall: number, random: () => number): Plan {
  const times = timesOf(wall + (8 + Math.floor(random() * 11)) * 60, 30);
  return extra(id, kind, times, String(1 + Math.floor(random() * 30)), random);
}

/** One or two days on which somebody of the team is away. */
function daysOff(id: string, kind: Kind, wall: number, random: () => number): Plan {
  const end = wall + (random() < 0.5 ? 1 : 2) * DAY_MINUTES;
  const times = {
    start: { date: dateOfWall(wall) },
    end: { date: dateOfWall(end) },
    startsAt: CLOCK.at(wall).instant,
    endsAt: CLOCK.at(end).instant,
  };
  const [firstName] = oneOf(TEAM, random()).name.split(" ");
  return extra(id, kind, times, `Urlaub ${firstName}`, random);
}

function acrossMidnight(id: string, kind: Kind, wall: number, random: () => number): Plan {
  const times = timesOf(wall + 23 * 60 + 15, 90);
  const customer = oneOf(CUSTOMERS, random());
  return { ...extra(id, kind, times, `${customer.name} - Nachtlauf`, random), colorId: "2", customer };
}

function extra(
  id: string,
  kind: Kind,
  times: Pick<Plan, "start" | "end" | "startsAt" | "endsAt">,
  title: string,
  random: () => number,
): Plan {
  return {
    id,
    kind,
    ...times,
    ...historyOf(times.startsAt, random),
    ...writtenBy(oneOf(TEAM, random()), false),
    title,
    fate: "came",
    spelling: 0,
  };
}
