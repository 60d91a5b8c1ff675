import { sql } from "drizzle-orm";
import * as z from "zod";
import { config } from "../../config/config.ts";
import { at, type Db, row } from "../../db/db.ts";
import { count, sentDate } from "../../http/responses/fields.ts";
import { readLeaders, readWeeks } from "../../sport/results/sport-overview.ts";
import { localDate } from "../../time/periods.ts";

export const weekFigures = z
  .object({
    weekStart: sentDate.meta({ description: "The Monday of the week." }),
    members: count.meta({ description: "The members who were evaluated." }),
    trained: count.meta({ description: "Those with at least one workout." }),
    trainedChange: z
      .int()
      .nullable()
      .meta({ description: "The difference to the week before; null if that was not evaluated." }),
    pointsGoalMet: count.meta({ description: "The members who reached their points goal." }),
    challengeMet: count.meta({ description: "The members who completed the challenge." }),
    newBadges: count,
    best: z
      .object({ userId: z.string(), name: z.string().nullable(), points: z.number() })
      .nullable()
      .meta({ description: "A member with the most points who shows in the global rankings; null without points." }),
    points: z.number().meta({ description: "Of all members." }),
  })
  .meta({ id: "WeekFigures", description: "The newest evaluated week." });

/** Reads the newest evaluated week. @returns null if no week was evaluated. */
export async function readWeekFigures(db: Db): Promise<z.input<typeof weekFigures> | null> {
  const weeks = await readWeeks(db, 2);
  const week = weeks.at(-1);
  if (week === undefined) return null;
  const { period, users, activeUsers, points, pointsGoalMet, challengeMet } = week;
  const [newBadges, [best]] = await Promise.all([countBadges(db, period.start), readLeaders(db, period, 1)]);
  const before = weeks.length === 2 ? weeks[0] : undefined;
  const isNextToIt = before !== undefined && Number(before.period.end) === Number(period.start);
  return {
    weekStart: localDate(period.start, config().timeZone),
    members: users,
    trained: activeUsers,
    trainedChange: isNextToIt ? activeUsers - before.activeUsers : null,
    pointsGoalMet,
    challengeMet,
    newBadges,
    best: best === undefined ? null : { userId: best.userId, name: best.name, points: best.points },
    points,
  };
}

async function countBadges(db: Db, weekStart: Date): Promise<number> {
  const { badges } = await row<{ badges: number }>(
    db,
    sql`select count(*)::int as badges from user_badges where period_kind = 'week' and period_start = ${at(weekStart)}`,
  );
  return badges;
}
