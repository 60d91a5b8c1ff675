import { and, asc, desc, eq, gt, lt, or, sql } from "drizzle-orm";
import * as z from "zod";
import { userOrViewer } from "../../http/access.ts";
import { id } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { keyPart, listOf, pageQuery, sortKey, toPage, wholeList } from "../../http/responses/pages.ts";
import { awards, userBadges } from "../evaluation/schema.ts";
import { requireUserId } from "./query.ts";
import { awardFields, badgeFields, periodKind, periodStart, userId } from "./result-schemas.ts";

/** Everything that a user has earned: badges once for each level, awards again and again. */

const earnedIn = { periodKind, periodStart };

const earnedBadge = z
  .object({ ...badgeFields, ...earnedIn })
  .meta({ id: "EarnedBadge", description: "A badge, and the period in which the user earned it." });
const badgeList = z
  .object({ userId, ...listOf("EarnedBadgePage", earnedBadge).shape })
  .meta({ id: "EarnedBadgeList", description: "All badges of a user, newest first." });

const earnedAward = z
  .object({ ...awardFields, ...earnedIn })
  .meta({ id: "EarnedAward", description: "An award, and the period for which the user got it." });
const awardList = z
  .object({ userId, ...listOf("EarnedAwardPage", earnedAward).shape })
  .meta({ id: "EarnedAwardList", description: "Awards of a user, newest first." });

export const getBadges = operation({
  id: "getBadges",
  method: "GET",
  path: "/api/sport/badges",
  access: userOrViewer,
  summary: "Lists all badges of a user, newest first.",
  sampleQuery: { userId: "one-of-mine" },
  query: z.strictObject({ userId: id.optional() }),
  responses: { 200: { description: "The badges; none for an unknown user.", schema: badgeList } },
  handle: async ({ db, caller, query }) => {
    const userId = requireUserId(caller, query.userId);
    const { slug, level, periodKind, periodStart } = userBadges;
    const badges = await db
      .select({ slug, level, periodKind, periodStart })
      .from(userBadges)
      .where(eq(userBadges.userId, userId))
      .orderBy(desc(periodStart), asc(slug), asc(level));
    return { userId, ...wholeList(badges) };
  },
});

export const getAwards = operation({
  id: "getAwards",
  method: "GET",
  path: "/api/sport/awards",
  access: userOrViewer,
  summary: "Lists the awards of a user, newest first.",
  sampleQuery: { userId: "one-of-mine" },
  query: z.strictObject({
    userId: id.optional(),
    ...pageQuery(sortKey(keyPart.instant, keyPart.text), { most: 1000, usual: 100 }),
  }),
  responses: { 200: { description: "The awards; none for an unknown user.", schema: awardList } },
  handle: async ({ db, caller, query: { limit, cursor, ...query } }) => {
    const userId = requireUserId(caller, query.userId);
    const { periodKind, periodStart } = awards;
    const earned = await db
      .select({ type: awards.type, periodKind, periodStart })
      .from(awards)
      .where(and(eq(awards.userId, userId), cursor && after(...cursor)))
      .orderBy(desc(periodStart), asc(awards.type))
      .limit(limit + 1);
    const page = toPage(earned, limit, (award) => [award.periodStart, award.type]);
    return { userId, ...page };
  },
});

/** The awards behind one, newest first. A user has each type once for each start of a period. */
const after = (start: Date, type: string) =>
  or(lt(awards.periodStart, start), and(eq(awards.periodStart, start), gt(awards.type, sql`${type}`)));
