import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBookedBy, resolveConsultant } from "../../../lib/attendance/classification/consultant.ts";
import { parseCustomer } from "../../../lib/attendance/classification/customer.ts";

/** Any code points. `fc.string({ unit: "binary" })` needs most of a second to start. */
const codePoint = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((code) => String.fromCodePoint(code));
const anyText = fc.array(codePoint).map((characters) => characters.join(""));

describe("the customer", () => {
  it.each([
    ["Max Mustermann", "Max Mustermann"],
    ["Max Mustermann - Erstgespräch", "Max Mustermann"],
    ["Max Mustermann | Erstgespräch | Zoom", "Max Mustermann"],
    ["Max Mustermann: Erstgespräch", "Max Mustermann"],
    ["Max Mustermann (ghost)", "Max Mustermann"],
    ["[GHOST] Max  Mustermann ", "Max Mustermann"],
    ["Ghost - Max Mustermann", "Max Mustermann"],
    ["Ghost: Max Mustermann - Erstgespräch", "Max Mustermann"],
    ["(neu) Max Mustermann (Tel. 0171 23)", "Max Mustermann"],
    ["Max Mustermann nicht erschienen", "Max Mustermann"],
    ["Max Mustermann - abgesagt", "Max Mustermann"],
    ["ABGESAGT Max Mustermann", "Max Mustermann"],
    ["Abgesagt: Max Mustermann", "Max Mustermann"],
    ["Überhang - Max Mustermann".normalize("NFD"), "Max Mustermann"],
    ["Max Mustermann verkauft", "Max Mustermann"],
    ["Max Mustermann nicht verkauft", "Max Mustermann"],
    ["Nicht verkauft - Max Mustermann", "Max Mustermann"],
    ["Max Mustermann kein Abschluss", "Max Mustermann"],
    ["10 Uhr - Max Mustermann", "Max Mustermann"],
    ["4711 | Max Mustermann", "Max Mustermann"],
    ["Peter Ghost", "Peter Ghost"],
    ["Ghost, Anna", "Ghost, Anna"],
    ["Max Ghost - Erstgespräch", "Max Ghost"],
    ["Anna Soldan", "Anna Soldan"],
    ["Anna Meier-Ghost (ghost)", "Anna Meier-Ghost"],
    ["Zoë Ünlü".normalize("NFD"), "Zoë Ünlü"],
    ["李明 - Termin", "李明"],
  ])("of %j is %j", (title, name) => {
    expect(parseCustomer(title)?.name).toBe(name);
  });

  it.each(["", " ", "4711", "(ghost)", "verkauft", "- : |", "10:30", "(Max Mustermann)", "Termin 2", "\ud83d"])(
    "is missing in %j",
    (title) => {
      expect(parseCustomer(title)).toBeUndefined();
    },
  );

  it("has one key for all spellings and outcomes", () => {
    const titles = ["Zoë Ünlü", "zoë ünlü", "ZOË  ÜNLÜ (ghost)", "Zoë Ünlü - verkauft", "Abgesagt: Zoë\tÜnlü"];
    const keys = [...titles, ...titles.map((title) => title.normalize("NFD"))].map(
      (title) => parseCustomer(title)?.key,
    );
    expect(new Set(keys)).toEqual(new Set(["zoë ünlü"]));
    expect(parseCustomer("Zoe Ünlü")?.key).not.toBe(keys[0]);
  });

  it("has a name with letters and without digits, and one key for composed and decomposed titles", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: "grapheme" })), (title) => {
        const customer = parseCustomer(title);
        expect(parseCustomer(title.normalize("NFD"))).toEqual(customer);
        if (customer === undefined) return;
        expect(customer.name).toMatch(/^(?=.*\p{L})\P{N}+$/su);
        expect(customer.key).toBe(customer.key.normalize("NFC").toLowerCase());
      }),
    );
  });
});

describe("the name in [Booked by: …]", () => {
  it.each([
    ["[Booked by: Anna Vogel]", "Anna Vogel"],
    ["Telefon 0171\n[Booked by: Anna Vogel]\nmehr", "Anna Vogel"],
    ["[booked BY:Anna Vogel]", "Anna Vogel"],
    ["[ Booked by:   Anna   Vogel  ]", "Anna Vogel"],
    ["<p>Hallo</p><br>[Booked by: <b>Anna</b>&nbsp;Vogel]", "Anna Vogel"],
    ["<p>[Booked&nbsp;by: Anna Vogel]</p>", "Anna Vogel"],
    ["[Booked by: <a href='mailto:anna@club.example'>Anna Vogel</a>]", "Anna Vogel"],
    ["[Booked by: Vogel &amp; Söhne]", "Vogel & Söhne"],
    ["[Booked by: Anna &QUOT;Ann&quot; O&#39;Hara]", 'Anna "Ann" O\'Hara'],
    ["[Booked by: A &lt;b&gt; C]", "A <b> C"],
    ["[Booked by: &amp;lt;]", "&lt;"],
    ["[Booked by: Jörg Ünlü]".normalize("NFD"), "Jörg Ünlü"],
    ["[Booked by: Anna] [Booked by: Bert]", "Anna"],
    [`[Booked by: ${"x".repeat(150)}]`, "x".repeat(100)],
  ])("is found in %j", (description, name) => {
    expect(parseBookedBy(description)).toBe(name);
  });

  it.each(["", "Booked by: Anna", "[Booked by:]", "[Booked by:   ]", "[Booked by: &nbsp;]", "[Booked by Anna]"])(
    "is not found in %j",
    (description) => {
      expect(parseBookedBy(description)).toBeNull();
    },
  );

  it("is cut to 100 characters that Postgres accepts", () => {
    for (const length of [98, 99, 100]) {
      const name = parseBookedBy(`[Booked by: ${"x".repeat(length)}👻👻]`);
      expect(name?.isWellFormed()).toBe(true);
      expect(name?.length).toBeLessThanOrEqual(100);
    }
  });

  it("is found quickly, even if brackets are never closed", () => {
    const began = performance.now();
    for (const piece of ["[Booked by: ", "<", "&amp", "[ "]) parseBookedBy(piece.repeat(8_000 / piece.length));
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe("the consultant", () => {
  const consultants = { "anna@club.example": "Anna Vogel" };

  it.each([
    ["anna@club.example", "Bert", "Anna Vogel"],
    ["anna@club.example", null, "Anna Vogel"],
    ["bert@club.example", "Bert", "Bert"],
    [null, "Bert", "Bert"],
    ["bert@club.example", null, "Unknown"],
    [null, null, "Unknown"],
    ["constructor", null, "Unknown"],
    ["__proto__", "Bert", "Bert"],
  ])("of the organizer %j and the name %j is %s", (organizer, booker, name) => {
    expect(resolveConsultant(organizer, booker, consultants)).toBe(name);
  });
});
