import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isAddress,
  mailtoAddress,
  needsUtf8,
  readAddress,
  readMailbox,
  splitAddresses,
  wireAddress,
} from "../../../lib/email-address.ts";

describe("an email address", () => {
  it.each([
    ["ada@example.com", "ada@example.com"],
    [" ada@example.com\t", "ada@example.com"],
    ["Ada.L+news@Example.COM", "Ada.L+news@example.com"],
    ["a/b=c@example.com", "a/b=c@example.com"],
    ["a%b@example.com", "a%b@example.com"],
    ["!#$&'*+@example.com", "!#$&'*+@example.com"],
    ["`{|}~^?_-@example.com", "`{|}~^?_-@example.com"],
    ["o'brien@example.com", "o'brien@example.com"],
    ['"a b"@example.com', '"a b"@example.com'],
    ['"a@b"@example.com', '"a@b"@example.com'],
    ['"a\\"b\\\\c"@example.com', '"a\\"b\\\\c"@example.com'],
    ['".a..b."@example.com', '".a..b."@example.com'],
    ["ada@bücher.example", "ada@xn--bcher-kva.example"],
    ["ada@BÜCHER.example", "ada@xn--bcher-kva.example"],
    ["ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"],
    ["ada@straße.example", "ada@xn--strae-oqa.example"],
    ["ada@例え.テスト", "ada@xn--r8jz45g.xn--zckzah"],
    ["jürgen@bücher.example", "jürgen@xn--bcher-kva.example"],
    ["用户@例え.テスト", "用户@xn--r8jz45g.xn--zckzah"],
    ['"ü ü"@example.com', '"ü ü"@example.com'],
    ["root@localhost", "root@localhost"],
    ["ada@[192.0.2.7]", "ada@[192.0.2.7]"],
    ["ada@[IPv6:2001:db8::7]", "ada@[IPv6:2001:db8::7]"],
    [`${"a".repeat(64)}@example.com`, `${"a".repeat(64)}@example.com`],
    [`a@${"b".repeat(63)}.example`, `a@${"b".repeat(63)}.example`],
  ])("is %s, and travels as %s", (written, wire) => {
    expect(readAddress(written)).toEqual({ address: written.trim() });
    expect(wireAddress(written)).toBe(wire);
    expect(needsUtf8(wire)).toBe(/[^ -~]/.test(wire));
  });

  it.each([
    "",
    "   ",
    "ada",
    "@example.com",
    "ada@",
    "ada@@example.com",
    "a@b@example.com",
    "a b@example.com",
    ".a@example.com",
    "a.@example.com",
    "a..b@example.com",
    "a,b@example.com",
    "a;b@example.com",
    "(comment)a@example.com",
    "Ada <ada@example.com>",
    "<ada@example.com>",
    '"a"b@example.com',
    '"a"b"@example.com',
    '"a\\"@example.com',
    '"a<b>"@example.com',
    "ada@-example.com",
    "ada@example-.com",
    "ada@exam_ple.com",
    "ada@example..com",
    "ada@example.com.",
    "ada@.example.com",
    "ada@192.0.2.7",
    "ada@0x7f.1",
    "ada@[192.0.2.777]",
    "ada@[example.com]",
    "ada@[IPv6:192.0.2.7]",
    "ada@exam%70le.com",
    "ada@example.com/x",
    "ada@example.com:25",
    "ada@ex ample.com",
    "ada@example.com\r\nBcc: eve@example.com",
    "ada\r\n@example.com",
    '"a\r\nb"@example.com',
    "ada\u0000@example.com",
    "ada\u00a0@example.com",
    "ada\u200b@example.com",
    "ada\u2028@example.com",
    "\u202eada@example.com",
    "ada\ud800@example.com",
    `${"a".repeat(65)}@example.com`,
    `${"ü".repeat(33)}@example.com`,
    `a@${"b".repeat(64)}.example`,
    `a@${"bbbbbbbbb.".repeat(25)}example`,
  ])("is not %j", (written) => {
    expect(readAddress(written)).toEqual({ reason: expect.stringMatching(/^an e-mail address/) });
    expect(isAddress(written)).toBe(false);
    expect(wireAddress(written)).toBeUndefined();
  });

  it.each(["-f@example.com", "-oQ/tmp@example.com", '"-f"@example.com'])(
    "that begins with a hyphen is refused with that reason: %s",
    (written) => {
      expect(readAddress(written)).toEqual({ reason: "an e-mail address that does not begin with -" });
    },
  );

  it.each(["a", "@", '"', "\\", "."])("is no megabyte of %j", (unit) => {
    expect(isAddress(unit.repeat(1_000_000))).toBe(false);
  });

  const atom = fc.stringMatching(/^[a-z0-9!#$%&'*+/=?^_`{|}~üößжあ-]{1,10}$/u);
  const dotted = fc.array(atom, { minLength: 1, maxLength: 3 }).map((atoms) => atoms.join("."));
  const quoted = fc
    .array(fc.oneof(fc.stringMatching(/^[ !#-;=?-[\]-~ü]$/u), fc.stringMatching(/^\\[ -;=?-~]$/)), { maxLength: 20 })
    .map((parts) => `"${parts.join("")}"`);
  const local = fc.oneof(dotted, quoted).filter((name) => Buffer.byteLength(name) <= 64 && !/^"?-/.test(name));
  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/).filter((text) => text.slice(2, 4) !== "--");
  const domain = fc.tuple(fc.array(label, { maxLength: 3 }), fc.constantFrom("com", "bücher", "example"));
  const address = fc.tuple(local, domain).map(([name, [labels, last]]) => `${name}@${[...labels, last].join(".")}`);

  it("of any local part and any domain is taken, and travels under a domain in ASCII, always the same one", () => {
    fc.assert(
      fc.property(address, (written) => {
        expect(readAddress(written)).toEqual({ address: written });
        const wire = wireAddress(written) ?? "";
        expect(wire.slice(wire.lastIndexOf("@"))).toMatch(/^@[a-z0-9.-]+$/);
        expect(wire.slice(0, wire.lastIndexOf("@"))).toBe(written.slice(0, written.lastIndexOf("@")));
        expect(wireAddress(wire)).toBe(wire);
        expect(readMailbox(`Ada <${written}>`)).toEqual({ name: "Ada", address: written });
        expect(splitAddresses(`${written}, eve@example.com`)).toEqual([written, "eve@example.com"]);
        expect(new URL(`mailto:${mailtoAddress(written)}`).search).toBe("");
      }),
    );
  });

  it("never contains the end of a line or of a command, for any input", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.tuple(fc.string(), fc.string()).map((parts) => parts.join("@")),
        ),
        (text) => {
          const wire = wireAddress(text);
          if (wire !== undefined) expect(wire).not.toMatch(/[\p{Cc}<>\u2028\u2029]/u);
        },
      ),
    );
  });
});

it.each([
  ["Taktwerk <mail@example.com>", { name: "Taktwerk", address: "mail@example.com" }],
  ['"Müller, Ada" <"a b"@bücher.example>', { name: "Müller, Ada", address: '"a b"@bücher.example' }],
  [" mail@example.com ", { name: "", address: "mail@example.com" }],
  ["<mail@example.com>", { name: "", address: "mail@example.com" }],
  ["Taktwerk", undefined],
  ["A <a@example.com>, B <b@example.com>", undefined],
  ["A <a@example.com>\r\nBcc: b@example.com", undefined],
  ["A\nB <a@example.com>", undefined],
  ["-x@example.com", undefined],
])("a sender written as %j is %j", (written, read) => {
  expect(readMailbox(written)).toEqual(read);
});

it.each([
  ["a@example.com, b@example.com,,", ["a@example.com", "b@example.com"]],
  ['"a,b"@example.com,c@example.com', ['"a,b"@example.com', "c@example.com"]],
  ['"a\\",b"@example.com , c@example.com', ['"a\\",b"@example.com', "c@example.com"]],
  ['"open, c@example.com', ['"open', "c@example.com"]],
  ["", []],
])("the list %j has the entries %j", (list, entries) => {
  expect(splitAddresses(list)).toEqual(entries);
});

it.each([
  ["ada+x@bücher.example", "ada+x@xn--bcher-kva.example"],
  ['"a b"@example.com', "%22a%20b%22@example.com"],
  ["a?b&c=d/e@example.com", "a%3Fb%26c%3Dd%2Fe@example.com"],
  ["a%b@example.com", "a%25b@example.com"],
])("%s stands in a URL as %s", (address, inUrl) => {
  expect(mailtoAddress(address)).toBe(inUrl);
});
