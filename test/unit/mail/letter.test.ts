import { describe, expect, it } from "vitest";
import { INLINE_IMAGE } from "../../../lib/mail/template/inline-image.ts";
import { asHtml, asText, type Letter, type Table } from "../../../lib/mail/template/letter.ts";
import { table } from "../../../lib/text-table.ts";

/** The figure and the tables of a letter, in HTML and in plain text. */

const letter = (over: Partial<Letter> = {}): Letter => ({
  title: "Wochenbericht",
  greeting: "Guten Tag,",
  intro: "so war die Woche.",
  headline: { value: "78,5 %", label: "Auftauchquote" },
  sections: [{ title: "Termine", lines: ["12 Termine"] }],
  closing: "Bis nächste Woche!",
  ...over,
});

const FIGURE = { alt: 'Auftauchquote je Tag: "Mo" 80 %, Di < 75 %', width: 512, height: 256 };
const CELLS = {
  caption: "Je Berater & Woche",
  header: ["Berater", "Termine", "Quote"],
  lines: [
    ["Ada <A>", "12", "78,5 %"],
    ["Bob", "7", "9,0 %"],
  ],
};
const TABLE: Table = { ...CELLS, text: table(CELLS.header, CELLS.lines) };

describe("a letter's figure", () => {
  it("is shown before the sections, no wider than the page", () => {
    const html = asHtml(letter({ figure: FIGURE }), "de");
    const alt = "Auftauchquote je Tag: &#34;Mo&#34; 80 %, Di &#60; 75 %";
    const style = "display:block;max-width:100%;height:auto";
    const img = `<img src="${INLINE_IMAGE}" alt="${alt}" width="512" height="256" style="${style}">`;
    expect(html.split(img)).toHaveLength(2);
    const [before = "", after = ""] = html.split(img);
    expect(before).toContain("so war die Woche.");
    expect(after).toContain("12 Termine");
  });

  it("is described in the plain text, in the same position", () => {
    expect(asText(letter({ figure: FIGURE })).split("\n\n")).toEqual([
      "Guten Tag,",
      "so war die Woche.",
      "78,5 % Auftauchquote",
      FIGURE.alt,
      "Termine\n  - 12 Termine",
      "Bis nächste Woche!",
    ]);
  });

  it("is optional", () => {
    const html = asHtml(letter(), "de");
    expect(html).not.toContain("<img");
    const img = /<img [^>]*>\n/;
    expect(asHtml(letter({ figure: FIGURE }), "de").replace(img, "")).toBe(html);
    expect(asText(letter()).split("\n\n")).toHaveLength(5);
  });
});

describe("a section's table", () => {
  const tableIn = (over: Partial<Letter["sections"][number]> = {}) =>
    letter({ sections: [{ title: "Je Berater", lines: [], table: TABLE, ...over }] });
  /** The HTML of the table without styles. */
  const bare = (html: string) =>
    /<table.*<\/table>/s
      .exec(html)?.[0]
      .replace(/ style="[^"]*"/g, "")
      .replaceAll("\n", "");

  it("is accessible to screen readers: it has a caption and header cells for columns and rows", () => {
    expect(bare(asHtml(tableIn(), "de"))).toBe(
      "<table><caption>Je Berater &#38; Woche</caption>" +
        '<thead><tr><th scope="col">Berater</th><th scope="col">Termine</th><th scope="col">Quote</th></tr></thead>' +
        '<tbody><tr><th scope="row">Ada &#60;A&#62;</th><td>12</td><td>78,5 %</td></tr>' +
        '<tr><th scope="row">Bob</th><td>7</td><td>9,0 %</td></tr></tbody></table>',
    );
  });

  it("aligns names left and numbers right", () => {
    const html = asHtml(tableIn(), "de");
    const sides = [...html.matchAll(/<t[hd](?: scope="\w+")? style="[^"]*text-align:(\w+)[^"]*">/g)];
    expect(sides.map(([, side]) => side)).toEqual(Array(3).fill(["left", "right", "right"]).flat());
  });

  it("is laid out in columns in the plain text, below its caption", () => {
    const lines = [
      "Berater  Termine  Quote",
      "───────  ───────  ──────",
      "Ada <A>  12       78,5 %",
      "Bob      7        9,0 %",
    ];
    expect(asText(tableIn())).toContain(`\n\nJe Berater\n\nJe Berater & Woche\n${lines.join("\n")}\n\nBis`);
  });

  it("comes after the lines of its section, without an empty list if there are no lines", () => {
    expect(asHtml(tableIn(), "de")).not.toContain("<ul");
    const both = tableIn({ lines: ["2 Berater"] });
    expect(asHtml(both, "de")).toMatch(/<li>2 Berater<\/li><\/ul>\s*<div [^>]*><table/);
    expect(asText(both)).toContain("Je Berater\n  - 2 Berater\n\nJe Berater & Woche\n");
  });

  it("may be empty", () => {
    const none = tableIn({ table: { ...TABLE, lines: [], text: table(TABLE.header, []) } });
    expect(bare(asHtml(none, "de"))).toContain("<tbody></tbody>");
    expect(asText(none)).toContain("Berater  Termine  Quote\n───────  ───────  ─────\n\n");
  });
});
