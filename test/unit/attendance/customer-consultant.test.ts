import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBookedBy, resolveConsultant } from "../../../lib/attendance/classification/consultant.ts";
import { parseCustomer } from "../../../lib/attendance/classification/customer.ts";

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
    "is nobody in %j",
    (title) => {
      expect(parseCustomer(title)).toBeUndefined();
    },
  );

  it("is the same however the name is written and whatever became of the appointment", () => {
    const titles = ["Zoë Ünlü", "zoë ünlü", "ZOË  ÜNLÜ (ghost)", "Zoë Ünlü - verkauft", "Abgesagt: Zoë\tÜnlü"];
    const keys = [...titles, ...titles.map((title) => title.normalize("NFD"))].map(
      (title) => parseCustomer(title)?.key,
    );
    expect(new Set(keys)).toEqual(new Set(["zoë ünlü"]));
    expect(parseCustomer("Zoe Ünlü")?.key).not.toBe(keys[0]);
  });

  it("has a name with letters and without digits, and one key for however the title is composed", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" })), (title) => {
        const found = parseCustomer(title);
        expect(parseCustomer(title.normalize("NFD"))).toEqual(found);
        if (found === undefined) return;
        expect(found.name).toMatch(/^(?=.*\p{L})\P{N}+$/su);
        expect(found.key).toBe(found.key.normalize("NFC").toLowerCase());
      }),
    );
  });
});

describe("who booked", () => {
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
  ])("stands in %j", (description, name) => {
    expect(parseBookedBy(description)).toBe(name);
  });

  it.each(["", "Booked by: Anna", "[Booked by:]", "[Booked by:   ]", "[Booked by: &nbsp;]", "[Booked by Anna]"])(
    "does not stand in %j",
    (description) => {
      expect(parseBookedBy(description)).toBeNull();
    },
  );

  it("is a name that can be stored, however long", () => {
    for (const length of [98, 99, 100]) {
      const name = parseBookedBy(`[Booked by: ${"x".repeat(length)}👻👻]`);
      expect(name?.isWellFormed()).toBe(true);
      expect(name?.length).toBeLessThanOrEqual(100);
    }
  });

  it("is found soon, also where brackets are never closed", () => {
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
  ])("of an appointment organised by %j and booked by %j is %s", (organizer, booker, name) => {
    expect(resolveConsultant(organizer, booker, consultants)).toBe(name);
  });
});
