import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { terminalTable, wrapText } from "../../../lib/cli/output/terminal-table.ts";
import { table } from "../../../lib/text-table.ts";

const widthOf = (text: string): number => Math.max(...text.split("\n").map((line) => stringWidth(line)));

describe("a table for a terminal", () => {
  it("keeps columns of wide characters within the terminal", () => {
    const cells = ["aaa語語aaa語", "語aaa", "語語語", "aaaaa語", "aaaaa語aaaa"];
    const shown = terminalTable(["", "", "aaaaaaaaaa", "", ""], [cells], 55);
    for (const line of shown.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(55);
  });

  const header = ["site", "dead letters"];
  const lines = [
    ["shop", "3 event-type-missing, 12 processing-error"],
    ["club", "-"],
  ];

  it("is the plain table without a width, and if it fits", () => {
    expect(terminalTable(header, lines)).toBe(table(header, lines));
    expect(terminalTable(header, lines, 47)).toBe(table(header, lines));
  });

  it("wraps cells at spaces, the widest column first", () => {
    expect(terminalTable(header, lines, 30)).toBe(
      [
        "site  dead letters",
        "────  ────────────────────────",
        "shop  3 event-type-missing, 12",
        "      processing-error",
        "club  -",
      ].join("\n"),
    );
  });

  it("continues below itself if the words do not fit, with the first column again", () => {
    const days = terminalTable(["day", "completed", "cancelled", "pending"], [["2026-11-20", "12", "3", "0"]], 24);
    expect(days).toBe(
      [
        "day         completed",
        "──────────  ─────────",
        "2026-11-20  12",
        "",
        "day         cancelled",
        "──────────  ─────────",
        "2026-11-20  3",
        "",
        "day         pending",
        "──────────  ───────",
        "2026-11-20  0",
      ].join("\n"),
    );
  });

  it("counts the columns that a character takes, not its code units", () => {
    expect(wrapText("東京の予約 booked", 8)).toEqual(["東京の予", "約", "booked"]);
    expect(wrapText("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 2)).toEqual(["👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"]);
  });

  it("never exceeds the terminal, and loses no character", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "b", " ", "é", "語"), maxLength: 40 });
    const shape = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 8, max: 120 }))
      .chain(([columns, width]) => {
        const row = fc.array(cell, { minLength: columns, maxLength: columns });
        return fc.tuple(row, fc.array(row, { maxLength: 5 }), fc.constant(width));
      });
    fc.assert(
      fc.property(shape, ([titles, rows, width]) => {
        const shown = terminalTable(titles, rows, width);
        expect(widthOf(shown)).toBeLessThanOrEqual(width);
        for (const row of [titles, ...rows]) {
          for (const text of row.slice(1)) {
            for (const letter of ["a", "b", "é", "語"]) {
              const count = (all: string) => all.split(letter).length - 1;
              expect(count(shown)).toBeGreaterThanOrEqual(count(text));
            }
          }
        }
      }),
    );
  });
});
