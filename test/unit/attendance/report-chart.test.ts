import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bar, CHART, COLOURS, chartSvg, ticksUpTo } from "../../../lib/attendance/report/chart.ts";
import { renderPng } from "../../../lib/attendance/report/render-png.ts";
import { REPORT_TEXTS } from "../../../lib/attendance/report/report-texts.ts";
import { contrast, distanceForAll } from "../../support/attendance/report-colours.ts";

/** The chart of the weekly report. */

const WORDS = REPORT_TEXTS.de.chart;
const NONE = { sold: 0, completed: 0, missed: 0, cancelled: 0, overhang: 0 };
const bar = (parts: Partial<Bar["parts"]> = {}, over: Partial<Bar> = {}): Bar => ({
  label: "Mo 9.",
  rate: "75 %",
  parts: { ...NONE, ...parts },
  ...over,
});
const week = (first: Bar): Bar[] => [first, ...Array.from({ length: 6 }, () => bar())];

interface Piece {
  x: number;
  y: number;
  width: number;
  height: number;
  fill: string;
}

/** The pieces of all bars from bottom to top. Background and legend have other sizes. */
function piecesIn(svg: string): Piece[] {
  const rects = [...svg.matchAll(/<rect x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)" fill="([^"]+)"\/>/g)];
  return rects.map(([, x, y, width, height, fill = ""]) => ({
    x: Number(x),
    y: Number(y),
    width: Number(width),
    height: Number(height),
    fill,
  }));
}

const textsIn = (svg: string): string[] =>
  [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? "");

const counts = fc.record({
  sold: fc.nat(600),
  completed: fc.nat(600),
  missed: fc.nat(600),
  cancelled: fc.nat(600),
  overhang: fc.nat(600),
});

describe("a bar", () => {
  it("has one piece per outcome, in proportion to the counts", () => {
    const pieces = piecesIn(
      chartSvg(week(bar({ sold: 10, completed: 20, missed: 30, cancelled: 5, overhang: 5 })), WORDS),
    );
    expect(pieces.map(({ fill }) => fill)).toEqual(Object.values(COLOURS));
    const [sold, completed, missed] = pieces.map(({ height }) => height + 2);
    expect(completed).toBeCloseTo(2 * (sold ?? 0), 1);
    expect(missed).toBeCloseTo(3 * (sold ?? 0), 1);
  });

  it("has no piece for a count of 0", () => {
    expect(piecesIn(chartSvg(week(bar({ completed: 1 })), WORDS)).map(({ fill }) => fill)).toEqual([COLOURS.completed]);
  });

  it("stacks its pieces within the picture, for any counts", () => {
    fc.assert(
      fc.property(fc.array(counts, { minLength: 7, maxLength: 7 }), (days) => {
        const svg = chartSvg(
          days.map((parts) => bar(parts)),
          WORDS,
        );
        expect(svg).not.toMatch(/NaN|Infinity|undefined/);
        const pieces = piecesIn(svg);
        expect(pieces).toHaveLength(days.flatMap((parts) => Object.values(parts).filter(Boolean)).length);
        for (const [n, piece] of pieces.entries()) {
          expect(piece.height).toBeGreaterThan(0);
          expect(piece.y).toBeGreaterThan(100); // under the legend
          expect(piece.y + piece.height).toBeLessThanOrEqual(CHART.height - 40 + 0.02);
          const next = pieces[n + 1];
          if (next?.x === piece.x) expect(next.y + next.height).toBeLessThanOrEqual(piece.y + 0.02);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("shows one appointment beside 500", () => {
    const [one] = piecesIn(chartSvg([bar({ missed: 1 }), ...week(bar({ completed: 500 }))].slice(0, 7), WORDS));
    expect(one?.height).toBeGreaterThan(0.4);
  });
});

describe("the chart", () => {
  it("shows title, legend, days, rates and axis", () => {
    const texts = textsIn(chartSvg(week(bar({ completed: 9, missed: 2 })), WORDS));
    expect(texts).toEqual(expect.arrayContaining([WORDS.title, ...Object.values(WORDS.parts), "Mo 9.", "75 %"]));
    expect(texts.filter((text) => /^\d+$/.test(text))).toEqual(["0", "2", "4", "6", "8", "10", "12"]);
  });

  it("says that a week is empty, and draws no bar", () => {
    const svg = chartSvg(
      week(bar()).map((day) => ({ ...day, rate: "–" })),
      WORDS,
    );
    expect(piecesIn(svg)).toEqual([]);
    expect(textsIn(svg)).toContain(WORDS.empty);
    expect(svg).not.toMatch(/NaN|Infinity/);
    expect(textsIn(chartSvg(week(bar({ completed: 1 })), WORDS))).not.toContain(WORDS.empty);
  });

  it("escapes texts", async () => {
    const svg = chartSvg(week(bar({ completed: 1 }, { label: '<Mo> & "so"' })), WORDS);
    expect(textsIn(svg)).toContain("&#60;Mo&#62; &#38; &#34;so&#34;");
    await expect(renderPng(svg)).resolves.toBeInstanceOf(Buffer);
  });

  it("has round numbers on its axis, up to the highest bar", () => {
    expect(ticksUpTo(0)).toEqual([0, 1]);
    expect(ticksUpTo(1)).toEqual([0, 1]);
    expect(ticksUpTo(7)).toEqual([0, 2, 4, 6, 8]);
    expect(ticksUpTo(500)).toEqual([0, 100, 200, 300, 400, 500]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (most) => {
        const ticks = ticksUpTo(most);
        expect(ticks.length).toBeLessThanOrEqual(7);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
        expect(ticks.every(Number.isInteger)).toBe(true);
      }),
    );
  });
});

describe("the colours", () => {
  it("have enough contrast against white (WCAG 2.2, 1.4.11)", () => {
    for (const colour of Object.values(COLOURS)) expect(contrast(colour, "#ffffff")).toBeGreaterThanOrEqual(3);
  });

  it("differ from each other, also for people with colour blindness", () => {
    const colours = Object.values(COLOURS);
    for (const [n, one] of colours.entries()) {
      // 0.02 in Oklab is a difference that one just sees side by side; this is several times as much.
      for (const other of colours.slice(n + 1)) expect(distanceForAll(one, other)).toBeGreaterThan(0.13);
    }
  });
});
