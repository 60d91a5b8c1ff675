import { CATEGORIES, type Category } from "../training/categories.ts";

export const SCOPES = ["global", "friends"] as const;

const MEDALS = ["gold", "silver", "bronze"] as const;
const RANKS = [1, 2, 3] as const;

export type AwardType =
  | `friends-${(typeof MEDALS)[number]}`
  | "monthly-champion"
  | `monthly-rank-${(typeof SCOPES)[number]}-${Category}-${(typeof RANKS)[number]}`;

/** The types of awards (awards.ts says who gets them). */
export const AWARD_TYPES: readonly [AwardType, ...AwardType[]] = [
  "monthly-champion",
  ...MEDALS.map((medal) => `friends-${medal}` as const),
  ...SCOPES.flatMap((scope) =>
    CATEGORIES.flatMap((category) => RANKS.map((rank) => `monthly-rank-${scope}-${category}-${rank}` as const)),
  ),
];
