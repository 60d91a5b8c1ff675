import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { later, rejectionOf, validated } from "../../worlds/site-events.ts";

/** How an event is validated and enriched, without a database. */

describe("the type of an event", () => {
  it.each([undefined, null, ""])("is missing if it is %j", (type) => {
    expect(rejectionOf({ event_type: type })).toMatchObject({ reason: "event-type-missing", field: "event_type" });
  });

  it.each([" \t", 7, 0, true, false, {}, [], ["page_view"], "x".repeat(256), "😀".repeat(128)])(
    "is invalid if it is %j",
    (type) => {
      const problem = { reason: "event-type-invalid", field: "event_type", expected: "a text of 1 to 255 characters" };
      expect(rejectionOf({ event_type: type })).toMatchObject(problem);
    },
  );

  it("has up to 255 characters of any script, without surrounding spaces", () => {
    expect(validated({ event_type: "x".repeat(255) }).eventType).toHaveLength(255);
    expect(validated({ event_type: " Größe gewählt 😀\n" }).eventType).toBe("Größe gewählt 😀");
  });

  it("is repeated in the rejection, but not if it is long", () => {
    expect(rejectionOf({ event_type: "x".repeat(256) })?.got).toBe("a text of 256 characters");
    expect(rejectionOf({ event_type: ["a", "b"] })?.got).toBe("a list of 2");
    expect(rejectionOf({ event_type: { name: "secret" } })?.got).toBe("an object");
    expect(rejectionOf({ event_type: null })?.got).not.toContain("secret");
  });
});

describe("the page of an event", () => {
  it.each([
    ["https://shop.example", "https://shop.example/"],
    ["HTTPS://Shop.Example/Cart", "https://shop.example/Cart"],
    ["http://shop.example:80/a", "http://shop.example/a"],
    ["https://shop.example:8443/a", "https://shop.example:8443/a"],
    ["https://ada:secret@shop.example/a", "https://shop.example/a"],
    ["https://bücher.example/straße", "https://xn--bcher-kva.example/stra%C3%9Fe"],
    ["http://[2001:DB8::0:1]:8080/x", "http://[2001:db8::1]:8080/x"],
    ["http://127.1/x", "http://127.0.0.1/x"],
    ["  https://shop.example/a\n", "https://shop.example/a"],
    ["https://shop.example//a//b/", "https://shop.example//a//b/"],
    ["https://shop.example/a/../b/./c", "https://shop.example/b/c"],
    ["https://shop.example/%C3%A4%2F%zz", "https://shop.example/%C3%A4%2F%zz"],
    ["https://shop.example/%00", "https://shop.example/%00"],
    ["https://shop.example/a?token=secret&q=1", "https://shop.example/a"],
    ["https://shop.example/a#access_token=secret", "https://shop.example/a"],
    ["https://shop.example?#", "https://shop.example/"],
    ["https://shop.example/app?a=1#/prices?token=secret", "https://shop.example/app#/prices"],
    ["https://shop.example/#!/prices", "https://shop.example/#!/prices"],
  ])("is parsed from %j", (stated, url) => {
    const { pageUrl, page } = validated({ page_url: stated });
    expect({ pageUrl, page }).toEqual({ pageUrl: url, page: url.replace(/^https?:\/\//, "") });
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,<p>",
    "blob:https://shop.example/8b7d",
    "file:///etc/passwd",
    "about:blank",
    "ftp://shop.example/",
    "chrome-extension://abcdef/page.html",
    "mailto:ada@shop.example",
    "/cart",
    "cart?x=1",
    "//shop.example/cart",
    "shop.example",
    "https://",
    "http://[::1",
    "https://shop example/",
    "https://shop.example:99999/",
    "   ",
    7,
    true,
    [],
    { href: "https://shop.example/" },
  ])("is not parsed from %j", (stated) => {
    expect(rejectionOf({ page_url: stated })).toMatchObject({ reason: "page-url-invalid", field: "page_url" });
  });

  it("may have 2000 characters and no more", () => {
    const ofLength = (length: number) => `https://shop.example/${"a".repeat(length - 21)}`;
    expect(validated({ page_url: ofLength(2000) }).pageUrl).toHaveLength(2000);
    expect(rejectionOf({ page_url: ofLength(2001) })).toMatchObject({
      reason: "page-url-invalid",
      got: "a text of 2001 characters",
    });
  });

  it("is counted by its first 500 characters, and stays bounded if its ASCII form is longer", () => {
    const { pageUrl, page } = validated({ page_url: `https://shop.example/${"ä".repeat(1900)}` });
    expect(pageUrl).toHaveLength(2000);
    expect(page).toHaveLength(500);
  });

  it("contains no query, and no fragment except for a path, for any URL", () => {
    const url = fc.webUrl({ withFragments: true, withQueryParameters: true });
    fc.assert(
      fc.property(url, (text) => {
        fc.pre(text.length <= 2000);
        const { pageUrl, page } = validated({ page_url: text });
        expect(`${pageUrl} ${page}`).not.toMatch(/[?]|#(?![/!])/);
        expect(page?.length).toBeLessThanOrEqual(500);
      }),
      { numRuns: 100 },
    );
  });

  it.each(["page_view", "pageview"])("counts as viewed for the type %s", (type) => {
    expect(validated({ event_type: type }).pageView).toBe(true);
    expect(validated({ event_type: type, page_url: undefined }).pageView).toBe(false);
  });

  it("does not count as viewed for another type", () => {
    expect(validated({ event_type: "click" })).toMatchObject({ pageView: false, page: "shop.example/" });
  });
});

describe("the source of a visitor", () => {
  it.each([
    ["https://www.search.example/?q=shoes", "search.example"],
    ["http://News.Example:8080/a", "news.example:8080"],
    ["https://bücher.example/", "xn--bcher-kva.example"],
    ["https://shop.example/other", null],
    ["https://www.shop.example/", null],
    ["android-app://com.example", null],
    ["not a url", null],
    ["", null],
    [7, null],
    [{}, null],
    [null, null],
  ])("for the referrer %j is %j", (referrer, host) => {
    expect(validated({ referrer }).referrer).toBe(host);
    expect(validated({ event_data: { referrer } }).referrer).toBe(host);
  });

  it("is known for an event without a page too", () => {
    expect(validated({ page_url: null, referrer: "https://search.example/" }).referrer).toBe("search.example");
  });

  it("is read from UTM parameters, without characters that cannot be stored", () => {
    const page_url =
      "https://shop.example/?utm_source=news%00letter&utm_medium=e+mail&utm_campaign=%ED%A0%80x&utm_term=&utm_content=%20";
    const utm = { source: "newsletter", medium: "e mail", campaign: "\uFFFD\uFFFD\uFFFDx", term: null, content: null };
    expect(validated({ page_url }).utm).toEqual(utm);
  });

  it("is cut at 255 characters, and never within one", () => {
    const { source } = validated({ page_url: `https://shop.example/?utm_source=${"x".repeat(254)}😀y` }).utm;
    expect(source?.length).toBeLessThanOrEqual(255);
    expect(source?.isWellFormed()).toBe(true);
  });
});

describe("the quality of an event", () => {
  it.each([
    [{}, 1, "VALID"],
    [{ page_url: null }, 0.8, "VALID"],
    [{ session_id: null }, 0.8, "VALID"],
    [{ occurred_at: null }, 0.8, "VALID"],
    [{ page_url: null, session_id: null }, 0.6, "SUSPICIOUS"],
    [{ session_id: null, occurred_at: "yesterday" }, 0.6, "SUSPICIOUS"],
    [{ page_url: null, session_id: null, occurred_at: null }, 0.4, "SUSPICIOUS"],
  ])("with %j is %d, %s", (fields, qualityScore, quality) => {
    expect(validated(fields)).toMatchObject({ qualityScore, quality });
  });

  it("counts an empty text as missing", () => {
    const empty = validated({ page_url: "", session_id: "", visitor_id: "", event_id: "", occurred_at: "" });
    expect(empty).toMatchObject({ qualityScore: 0.4, pageUrl: null, page: null, visitorId: "visitor-of-the-day" });
    expect(empty.sessionKey).toBe("visitor-of-the-day");
  });
});

describe("ids and data of an event", () => {
  it.each(["event_id", "session_id", "visitor_id"])("are rejected if %s is too long or not a text", (field) => {
    const reason = `${field.replace("_", "-")}-invalid`;
    for (const id of ["x".repeat(129), 7, {}, [], false])
      expect(rejectionOf({ [field]: id })).toMatchObject({ reason });
    expect(rejectionOf({ [field]: "x".repeat(128) })).toBeUndefined();
  });

  it("identify the session, otherwise the visitor, otherwise the visitor of the day", () => {
    expect(validated({ session_id: "s", visitor_id: "v" })).toMatchObject({ sessionKey: "s", visitorId: "v" });
    expect(validated({ session_id: undefined, visitor_id: "v" }).sessionKey).toBe("v");
    expect(validated({ session_id: undefined, visitor_id: undefined }).sessionKey).toBe("visitor-of-the-day");
  });

  it.each(["text", 7, true, [], [1]])("are rejected if event_data is %j", (data) => {
    expect(rejectionOf({ event_data: data })).toMatchObject({ reason: "event-data-invalid", field: "event_data" });
  });

  it("come with the time and the place", () => {
    const place = { country: "DE", region: "BE", city: "Berlin" };
    expect(validated({ occurred_at: later(-90) }, { context: place })).toMatchObject({
      ...place,
      occurredAt: new Date(later(-90)),
    });
    expect(validated({}, { context: {} })).toMatchObject({ country: null, region: null, city: null });
  });
});
