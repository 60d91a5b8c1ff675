import { DAY_MINUTES, wallOfDate, weekdayOfWall } from "../../lib/time/wall-minutes.ts";
import { seededRandom } from "../demo-data/seeded-random.ts";
import { CUSTOMERS, TEAM } from "./people.ts";
import { authorOf, localEventTime, type PlannedEvent, planHistory, planTimes, seedOf } from "./planned-event.ts";
import { drawEnding, noShowChance } from "./single-appointments.ts";
import { type CalendarKind, initialTitle, pickFrom } from "./titles.ts";

/** The demo club's weekly series: `[id, calendar, weekday (0 = Monday), hour, minutes]`. Always the same. Pure. */
const SERIES: readonly (readonly [string, CalendarKind, number, number, number])[] = [
  ["serie1", "Training", 0, 18, 60],
  ["serie2", "Training", 1, 8, 45],
  ["serie3", "Training", 3, 17, 60],
  ["serie4", "Training", 4, 8, 45],
  ["serie5", "Beratung", 0, 9, 30],
  ["serie6", "Beratung", 2, 12, 30],
  ["serie7", "Beratung", 3, 18, 45],
];

/** When all series were created. */
const SERIES_CREATED_AT = Date.parse("2019-12-02T09:00:00Z");
const THURSDAY = 3;

/** The instances of a calendar's series on a local date. Some are moved by an hour, or to the day after. */
export function instancesOn(kind: CalendarKind, date: string): PlannedEvent[] {
  const wall = wallOfDate(date);
  return SERIES.filter(([, calendar, weekday]) => calendar === kind && weekday === weekdayOfWall(wall)).map(
    ([series, , weekday, hour, minutes], index) => {
      const random = seededRandom(seedOf(`${series} ${date}`));
      const original = planTimes(wall + hour * 60, minutes).startsAt;
      const move = random();
      const delay = move < 0.06 ? 60 : move < 0.1 && weekday <= THURSDAY ? DAY_MINUTES : 0;
      const times = planTimes(wall + hour * 60 + delay, minutes);
      const customer = pickFrom(CUSTOMERS, (seedOf(series) >>> 0) / 2 ** 32);
      const consultant = pickFrom(TEAM, ((weekday + index) % TEAM.length) / TEAM.length);
      const noShow = noShowChance(wall + hour * 60) * consultant.noShowFactor * customer.unreliability;
      return {
        id: `${series}_${new Date(original).toISOString().replace(/[-:]|\.000/g, "")}`,
        kind,
        ...times,
        ...planHistory(times.startsAt, random),
        createdAt: SERIES_CREATED_AT,
        ...authorOf(consultant, false),
        title: initialTitle(customer, kind, seededRandom(seedOf(series))),
        colorId: "9",
        customer,
        ending: random() < 0.06 ? "deleted" : drawEnding(noShow, random),
        spelling: random(),
        series: { id: series, originalStart: localEventTime(original) },
      };
    },
  );
}
