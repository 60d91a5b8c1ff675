import type { IconName } from "./icon-names.ts";

/** How good or bad something is. A tone never stands alone: an icon and a word say the same. */
export type Tone = "ok" | "warn" | "bad" | "info" | "neutral";

export const TONE_ICONS: Readonly<Record<Tone, IconName>> = {
  ok: "circle-check",
  warn: "triangle-alert",
  bad: "circle-x",
  info: "info",
  neutral: "circle-dashed",
};
