import { configure } from "../../lib/config/config.ts";
import { withoutSecrets } from "../../lib/scrub.ts";
import { verdict } from "../support.ts";

/** Texts in which a careless expression looks from each character to the end. */
const UNITS = ["a", "a.", "a-", "eyJ-", '"', "@", "pass ", "http://", "1."];
const [SHORT, LONG] = [2_000, 16_000];

/** What eight times the text costs, against once: eight where the cost grows with the length, 64 where with its square. */
export async function hostileTextBench(): Promise<void> {
  configure({});
  const ratios = UNITS.map((unit) => {
    const [short, long] = [SHORT, LONG].map((length) => unit.repeat(length / unit.length)) as [string, string];
    return fastest(long) / fastest(short);
  });
  verdict("scrubbing eight times the text, the worst of all texts", Math.max(...ratios), { atMost: 20 }, " x");
}

function fastest(text: string): number {
  const times = Array.from({ length: 30 }, () => {
    const start = performance.now();
    withoutSecrets(text);
    return performance.now() - start;
  });
  return Math.min(...times);
}
