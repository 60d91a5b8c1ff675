import { type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../../lib/db/connection.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { openPostgres } from "../../../lib/db/drivers/postgres.ts";
import { joinByHashing } from "../../../lib/db/server/planner.ts";
import { deriveAwards, monthlyAwards, weeklyAwards } from "../../../lib/sport/evaluation/awards.ts";
import { deriveBadges } from "../../../lib/sport/evaluation/badges.ts";
import { deriveLeaderboard } from "../../../lib/sport/evaluation/leaderboard.ts";
import { monthlyMeasures } from "../../../lib/sport/evaluation/monthly.ts";
import { deriveRankings, deriveStandings } from "../../../lib/sport/evaluation/monthly-rankings.ts";
import { deriveResults } from "../../../lib/sport/evaluation/period-results.ts";
import { awards, leaderboardResults, monthlyRankings } from "../../../lib/sport/evaluation/schema.ts";
import { weeklyGoals } from "../../../lib/sport/evaluation/weekly.ts";
import { createDatabase } from "../../support/database/databases.ts";
import { addBigClub } from "../../worlds/big-club.ts";

const USERS = 2_000;
/** Their ids come after those of the 300 users in the planner's statistics. */
const CHUNK = { after: "user-000300", upTo: "user-002300", activeUsers: USERS };
const NOW = new Date("2026-03-01T00:10:00Z");
const WEEK = { start: new Date("2026-02-02T00:00:00Z"), end: new Date("2026-02-09T00:00:00Z") };
const MONTH = { start: new Date("2026-02-01T00:00:00Z"), end: new Date("2026-03-01T00:00:00Z") };

/** The most rows that a statement may process for each user: activities, friends, badges and awards, several times. */
const ROWS_A_USER = 400;

describe("the plans of an evaluation, if the planner expects one user instead of thousands,", () => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    connection = openPostgres(await createDatabase());
    db = connection.db;
    for (const table of ["users", "workouts", "workout_activities", "weekly_results", "monthly_results"]) {
      await rows(db, sql.raw(`alter table ${table} set (autovacuum_enabled = false)`));
    }
    await addBigClub(db, 300);
    await rows(db, sql`analyze`);
    await rows(db, sql`delete from users`);
    await addBigClub(db, 300 + USERS);
  });
  afterAll(() => connection.close());
  beforeEach(async () => {
    await rows(
      db,
      sql`truncate weekly_results, leaderboard_results, monthly_results, monthly_standings, monthly_rankings,
      user_badges, awards, notifications`,
    );
  });

  /** Runs a step for all users. @returns for each statement, the rows that the nodes of its plan processed. */
  async function workOf(derive: (tx: Db) => Promise<unknown>): Promise<number[]> {
    const work: number[] = [];
    await db.transaction(async (tx) => {
      await joinByHashing(tx);
      await derive({
        execute: async (statement: SQL) => {
          const [explained] = await rows<{ "QUERY PLAN": [{ Plan: Node }] }>(
            tx,
            sql`explain (analyze, timing off, format json) ${statement}`,
          );
          work.push(rowsOf(explained!["QUERY PLAN"][0].Plan));
          return { rows: [{}] };
        },
      } as unknown as Db);
    });
    return work;
  }

  type Step = [name: string, derive: (tx: Db) => Promise<unknown>];
  const WEEKLY: Step[] = [
    ["results", (tx) => deriveResults(tx, "week", WEEK, CHUNK, weeklyGoals({ pointsGoal: 500, pointChallenge: 1500 }))],
    ["leaderboard", (tx) => deriveLeaderboard(tx, WEEK, CHUNK)],
    ["awards", (tx) => deriveAwards(tx, "week", WEEK, CHUNK, weeklyAwards(WEEK, CHUNK), NOW)],
    ["badges", (tx) => deriveBadges(tx, "week", WEEK, CHUNK, NOW)],
  ];
  const MONTHLY: Step[] = [
    ["results", (tx) => deriveResults(tx, "month", MONTH, CHUNK, monthlyMeasures(2000))],
    ["standings", (tx) => deriveStandings(tx, MONTH)],
    ["ranks", (tx) => deriveRankings(tx, MONTH, CHUNK)],
    ["awards", (tx) => deriveAwards(tx, "month", MONTH, CHUNK, monthlyAwards(MONTH, CHUNK), NOW)],
    ["badges", (tx) => deriveBadges(tx, "month", MONTH, CHUNK, NOW)],
  ];

  it.each([
    ["week", WEEKLY, leaderboardResults],
    ["month", MONTHLY, monthlyRankings],
  ] as const)(
    "process the rows of a %s in proportion to the users, at the first run and the second",
    async (_, steps, ranked) => {
      for (const time of ["first", "again"]) {
        for (const [name, derive] of steps) {
          for (const work of await workOf(derive)) {
            expect(work / USERS, `${name}, ${time}: rows a user`).toBeLessThan(ROWS_A_USER);
          }
        }
        expect(await db.$count(ranked)).toBe(USERS);
        expect(await db.$count(awards)).toBeGreaterThan(USERS / 4);
      }
    },
  );
});

interface Node {
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Join Filter"?: number;
  Plans?: Node[];
}

function rowsOf(node: Node): number {
  const removed = (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Join Filter"] ?? 0);
  const own = (node["Actual Rows"] + removed) * node["Actual Loops"];
  return own + (node.Plans ?? []).reduce((sum, plan) => sum + rowsOf(plan), 0);
}
