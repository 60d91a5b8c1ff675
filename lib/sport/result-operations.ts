import { getMember } from "./members/get-member.ts";
import { listMembers } from "./members/list-members.ts";
import { getAwards, getBadges } from "./results/badges-and-awards.ts";
import { getLeaderboard } from "./results/get-leaderboard.ts";
import { getRanking } from "./results/get-ranking.ts";
import { getResult } from "./results/get-result.ts";
import { getSportOverview } from "./results/sport-overview.ts";

/** What users and operators read of evaluated weeks and months. */
export const operations = [
  getResult,
  getLeaderboard,
  getRanking,
  getBadges,
  getAwards,
  getSportOverview,
  listMembers,
  getMember,
];
