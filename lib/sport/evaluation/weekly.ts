import { config } from "../../config/config.ts";
import { weeklyMail } from "../messages/weekly-mail.ts";
import { WEEKLY } from "./job-names.ts";
import { deriveLeaderboard, friendsAwards } from "./leaderboard.ts";
import { evaluation, SIZES, type Sizes } from "./runner.ts";
import { weeklyResults } from "./weekly-results.ts";

/** Evaluates every user's week (domain, section 3), in steps of such sizes. */
export const weeklyIn = (sizes: Sizes) =>
  evaluation(
    {
      name: WEEKLY,
      command: "weekly",
      path: "/api/events/weekly",
      summary: "Evaluates every user's week once it has ended, and weeks before it that are missing.",
      kind: "week",
      noun: "week",
      reach: 4,
      earlyMs: 86_400_000,
    },
    {
      results: () => weeklyResults(config().sport),
      rank: deriveLeaderboard,
      awards: friendsAwards,
      mail: weeklyMail,
      reads: {
        standings: [],
        honours: ["weekly_results", "user_badges", "notifications"],
        mails: ["leaderboard_results", "user_badges", "awards"],
      },
      sizes,
    },
  );

export const weekly = weeklyIn(SIZES);
