import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  containsPhrase,
  hasMarker,
  normaliseTitle,
  removeBrackets,
  removePhrases,
  splitTitle,
} from "../../../lib/attendance/classification/title.ts";

const isMarked = (title: string): boolean => hasMarker(normaliseTitle(title), "ghost");

describe("a title", () => {
  it.each([
    ["Max  Mustermann ", "max mustermann"],
    ["\tÜBERHANG\u00a0Max\n", "überhang max"],
    ["Überhang".normalize("NFD"), "überhang"],
    ["\ud83d Max", "\ud83d max"],
    ["", ""],
  ])("%j is normalised to %j", (title, normal) => {
    expect(normaliseTitle(title)).toBe(normal);
  });

  it("is normalised to the same text, composed or decomposed, once or twice", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (title) => {
        expect(normaliseTitle(title.normalize("NFD"))).toBe(normaliseTitle(title.normalize("NFC")));
        expect(normaliseTitle(normaliseTitle(title))).toBe(normaliseTitle(title));
      }),
    );
  });

  it("is split at dashes with spaces, at colons and at bars", () => {
    expect(splitTitle("Max - Erstgespräch – online: Zoom|Raum 2")).toEqual([
      "Max",
      "Erstgespräch",
      "online",
      "Zoom",
      "Raum 2",
    ]);
    expect(splitTitle("Anna Meier-Ghost")).toEqual(["Anna Meier-Ghost"]);
  });

  it("loses its brackets and their content", () => {
    expect(removeBrackets("Max (neu) Mustermann [Tel.]").replace(/\s+/g, " ").trim()).toBe("Max Mustermann");
    expect(removeBrackets("Max (noch offen")).toBe("Max (noch offen");
  });
});

describe("a marker", () => {
  it.each([
    "Max Mustermann (ghost)",
    "Max Mustermann (Ghost)",
    "Max Mustermann [GHOST]",
    "(ghost) Max Mustermann",
    "[Ghost] Max Mustermann",
    "Max (ghost) Mustermann",
    "Max Mustermann ( ghost )",
    "Max Mustermann(Ghost)",
    "Max Mustermann (neu) (ghost)",
    "Max Mustermann (Tel., ghost)",
    "Max Mustermann (Ghost, Tel.)",
    "Max Mustermann [neu; ghost]",
    "Max Mustermann (ghost / Recall)",
    "Max Mustermann (Tel. - ghost)",
    "Max Mustermann (neu | ghost)",
    "Max Mustermann ((ghost))",
    "Max Mustermann - Ghost",
    "Ghost - Max Mustermann",
    "GHOST - Max Mustermann",
    "Max Mustermann – Ghost",
    "Ghost – Max Mustermann",
    "Max Mustermann — Ghost",
    "Ghost: Max Mustermann",
    "Max Mustermann: ghost",
    "Ghost | Max Mustermann",
    "Max Mustermann | Ghost",
    "Max Mustermann|ghost",
    "Max Mustermann - Erstgespräch - Ghost",
    "Max Mustermann - - Ghost",
    "Ghost: Max Mustermann - Erstgespräch",
    "Max Mustermann - Ghost (Tel.)",
    "(neu) Ghost - Max Mustermann",
    "  max mustermann  -  ghost  ",
    "Max\u00a0Mustermann\u00a0-\u00a0Ghost",
    "Peter Ghost (ghost)",
  ])("is found in %j", (title) => {
    expect(isMarked(title)).toBe(true);
  });

  it.each([
    "Peter Ghost",
    "Ghost, Anna",
    "Anna Ghost - Erstgespräch",
    "Max Ghost - Erstgespräch",
    "Erstgespräch - Max Ghost",
    "Erstgespräch: Ghost, Anna",
    "Ghost Peter: Erstgespräch",
    "Ghostwriter",
    "Ghostwriter - Max Mustermann",
    "Max Mustermann (Ghostwriter)",
    "Max Mustermann (Herr Ghost)",
    "Max Mustermann (kein ghost)",
    "Anna Meier-Ghost",
    "Ghost-Meier, Anna",
    "Max Mustermann -Ghost",
    "Ghost",
    " GHOST ",
    "Max Mustermann ghost",
    "ghost Max Mustermann",
    "Max - Ghost - Erstgespräch",
    "Max Mustermann (ghost",
    "Max Mustermann ghost)",
    "Max Mustermann {ghost}",
    "Max Mustermann (ghosts)",
    "",
  ])("is not found in %j", (title) => {
    expect(isMarked(title)).toBe(false);
  });

  it("is found at either end and in brackets of any title", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (given) => {
        const rest = given.replace(/[-–—\s]+$/, "");
        expect(isMarked(`Max ${rest} (Ghost)`)).toBe(true);
        expect(isMarked(`[ghost] ${rest}`)).toBe(true);
        expect(isMarked(`Max ${rest} - Ghost`)).toBe(true);
        expect(isMarked(`Ghost: ${rest}`)).toBe(true);
      }),
    );
  });

  it("is not found within a name", () => {
    const name = fc.stringMatching(/^[A-ZÄÖÜ][a-zäöüß]{1,8}$/);
    fc.assert(
      fc.property(name, name, (first, last) => {
        for (const title of [`${first} Ghost`, `Ghost ${first}`, `Ghost, ${first}`, `${first}ghost`, `Ghost${last}`]) {
          expect(isMarked(title)).toBe(false);
          expect(isMarked(`${title} - Termin`)).toBe(false);
          expect(isMarked(`Termin: ${title}`)).toBe(false);
        }
      }),
    );
  });
});

describe("phrases", () => {
  it.each([
    ["Max nicht erschienen", "nicht erschienen", true],
    ["Max: nicht  erschienen!", "nicht erschienen", true],
    ["(Nicht\nerschienen)", "nicht erschienen", true],
    ["Max nicht erschienenen", "nicht erschienen", false],
    ["Max nicht mehr erschienen", "nicht erschienen", false],
    ["ÜBERHANG", "überhang", true],
    ["Überhangs", "überhang", false],
    ["Terminüberhang", "überhang", false],
    ["sold.", "sold", true],
    ["sold2", "sold", false],
    ["Soldat", "sold", false],
    ["Söldner sold", "sold", true],
    ["2sold sold", "sold", true],
  ])("in %j: %j occurs as whole words: %j", (title, words, found) => {
    expect(containsPhrase(normaliseTitle(title), words)).toBe(found);
  });

  it("are removed from a text, and nothing else", () => {
    expect(removePhrases("Max Abgesagt Mustermann ABGESAGT, abgesagter", ["sold", "abgesagt"])).toBe(
      "Max   Mustermann  , abgesagter",
    );
  });
});
