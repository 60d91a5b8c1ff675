import { DAY_MINUTES, wallOfDate, weekdayOfWall } from "../../lib/time/wall-clock.ts";
import { seededRandom } from "../demo-data/seeded-random.ts";
import { CUSTOMERS, TEAM } from "./people.ts";
import { historyOf, type Plan, seedOf, timeAt, timesOf, writtenBy } from "./planned-event.ts";
import { fateOf, missChance } from "./single-appointments.ts";
import { type Kind, oneOf, plainTitle } from "./titles.ts";

/** The demo club's weekly series: `[id, calendar, weekday (0 = Monday), hour, minutes]`. Always the same. Pure. */
const SERIES: readonly (readonly [string, Kind, number, number, number])[] = [
  ["serie1", "Training", 0, 18, 60],
  ["serie2", "Training", 1, 8, 45],
  ["serie3", "Training", 3, 17, 60],
  ["serie4", "Training", 4, 8, 45],
  ["serie5", "Beratung", 0, 9, 30],
  ["serie6", "Beratung", 2, 12, 30],
  ["serie7", "Beratung", 3, 18, 45],
];

/** When all of them were begun. */
const BEGUN = Date.parse("2019-12-02T09:00:00Z");
const THURSDAY = 3;

/** The instances that a calendar's series have on a local date; some of them are moved, if only to the day after. */
export function instancesOn(kind: Kind, date: string): Plan[] {
  const wall = wallOfDate(date);
  return SERIES.filter(([, of, weekday]) => of === kind && weekday === weekdayOfWall(wall)).map(
    ([series, , weekday, hour, minutes], index) => {
      const random = seededRandom(seedOf(`${series} ${date}`));
      const original = timesOf(wall + hour * 60, minutes).startsAt;
      const moved = random();
      const later = moved < 0.06 ? 60 : moved < 0.1 && weekday <= THURSDAY ? DAY_MINUTES : 0;
      const times = timesOf(wall + hour * 60 + later, minutes);
      const customer = oneOf(CUSTOMERS, (seedOf(series) >>> 0) / 2 ** 32);
      const consultant = oneOf(TEAM, ((weekday + index) % TEAM.length) / TEAM.length);
      const miss = missChance(wall + hour * 60) * consultant.missFactor * customer.unreliability;
      return {
        id: `${series}_${new Date(original).toISOString().replace(/[-:]|\.000/g, "")}`,
        kind,
        ...times,
        ...historyOf(times.startsAt, random),
        createdAt: BEGUN,
        ...writtenBy(consultant, false),
        title: plainTitle(customer, kind, seededRandom(seedOf(series))),
        colorId: "9",
        customer,
        fate: random() < 0.06 ? "deleted" : fateOf(miss, random),
        spelling: random(),
        series: { id: series, originalStart: timeAt(original) },
      };
    },
  );
}
