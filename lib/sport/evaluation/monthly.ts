import { config } from "../../config/config.ts";
import { monthlyMail } from "../messages/monthly-mail.ts";
import { MONTHLY } from "./job-names.ts";
import { deriveRankings, deriveStandings, monthlyAwards } from "./monthly-rankings.ts";
import { monthlyResults } from "./monthly-results.ts";
import { evaluation, SIZES, type Sizes } from "./runner.ts";

/** Evaluates every user's month (domain, section 3), in steps of such sizes. */
export const monthlyIn = (sizes: Sizes) =>
  evaluation(
    {
      name: MONTHLY,
      command: "monthly",
      path: "/api/events/monthly",
      summary: "Evaluates every user's month once it has ended, and months before it that are missing.",
      kind: "month",
      noun: "month",
      reach: 2,
      earlyMs: 4 * 86_400_000,
    },
    {
      results: () => monthlyResults(config().sport.monthlyChallenge),
      standings: deriveStandings,
      rank: deriveRankings,
      awards: monthlyAwards,
      mail: monthlyMail,
      reads: {
        standings: ["monthly_results"],
        honours: ["monthly_standings", "user_badges", "notifications"],
        mails: ["monthly_rankings", "user_badges", "awards"],
      },
      sizes,
    },
  );

export const monthly = monthlyIn(SIZES);
