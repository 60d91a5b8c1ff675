import type { EarnedAward, EarnedBadge } from "../../../client/generated/types.ts";
import type { MemberWords } from "./words.ts";

/** Something that a member earned: the highest level of a badge, or how often an award. */
export interface Earned {
  key: string;
  kind: "badge" | "award";
  name: string;
  /** The level of a badge, or how often the award was won. */
  count: number;
}

/** The highest level of each badge, then each award with its number; both as they were earned last. Pure. */
export function earnedOf(badges: readonly EarnedBadge[], awards: readonly EarnedAward[], w: MemberWords): Earned[] {
  const levels = new Map<string, number>();
  for (const { slug, level } of badges) levels.set(slug, Math.max(level, levels.get(slug) ?? 0));
  const won = new Map<string, number>();
  for (const { type } of awards) won.set(type, (won.get(type) ?? 0) + 1);
  return [
    ...[...levels].map(([slug, count]) => ({ key: slug, kind: "badge" as const, name: badgeName(slug, w), count })),
    ...[...won].map(([type, count]) => ({ key: type, kind: "award" as const, name: awardName(type, w), count })),
  ];
}

function badgeName(slug: string, w: MemberWords): string {
  const exercise = slug.replace(/^lifetime-/, "");
  return w.badge[slug] ?? w.exercises[exercise] ?? exercise;
}

const RANK = /^monthly-rank-(global|friends)-(\w+)-([123])$/;

function awardName(type: string, w: MemberWords): string {
  const [, scope, category = "", rank = ""] = RANK.exec(type) ?? [];
  if (scope === undefined) return w.awards[type] ?? type;
  const categories: Record<string, string> = w.categories;
  return w.rankAward(scope === "global" ? "global" : "friends", categories[category] ?? category, rank);
}
