import { describe, expect, it } from "vitest";
import { type Environment, parseConfig } from "../../../lib/config/config.ts";

const tracking = (environment: Environment) => parseConfig(environment).tracking;

describe("settings of the attendance", () => {
  it("leave it off until there are calendars, and have their defaults", () => {
    expect(tracking({})).toEqual({
      calendarIds: [],
      credentials: undefined,
      apiUrl: "https://www.googleapis.com",
      zone: "Europe/Berlin",
      consultants: {},
      reportTo: [],
      reportLanguage: "de",
      retentionDays: 400,
      noShowAlertPercent: 20,
    });
  });

  it.each(["", "  ", "\n"])("that are %j count as not set", (nothing) => {
    const names = [
      "GOOGLE_CALENDAR_IDS",
      "GOOGLE_CREDS_BASE64",
      "GOOGLE_CALENDAR_URL",
      "TRACKING_TIMEZONE",
      "CONSULTANTS",
      "TRACKING_REPORT_TO",
      "TRACKING_REPORT_LANGUAGE",
      "TRACKING_RETENTION_DAYS",
      "NO_SHOW_ALERT_PERCENT",
    ];
    expect(tracking(Object.fromEntries(names.map((name) => [name, nothing])))).toEqual(tracking({}));
  });

  it("are taken as they are meant", () => {
    const given = {
      GOOGLE_CREDS_BASE64: "bm90IGxvb2tlZCBpbnRv",
      GOOGLE_CALENDAR_URL: "http://127.0.0.1:4000//",
      TRACKING_TIMEZONE: "Asia/Kathmandu",
      TRACKING_REPORT_LANGUAGE: "en",
      TRACKING_RETENTION_DAYS: "92",
      NO_SHOW_ALERT_PERCENT: "35",
    };
    expect(tracking(given)).toMatchObject({
      credentials: "bm90IGxvb2tlZCBpbnRv",
      apiUrl: "http://127.0.0.1:4000",
      zone: "Asia/Kathmandu",
      reportLanguage: "en",
      retentionDays: 92,
      noShowAlertPercent: 35,
    });
  });

  it("list calendars and addresses with commas, each once and without spaces around it", () => {
    const ids = " team@group.calendar.google.com,primary ,, primary,\n anna@club.example ,";
    expect(tracking({ GOOGLE_CALENDAR_IDS: ids }).calendarIds).toEqual([
      "team@group.calendar.google.com",
      "primary",
      "anna@club.example",
    ]);
    expect(tracking({ GOOGLE_CALENDAR_IDS: " , " }).calendarIds).toEqual([]);
    expect(tracking({ TRACKING_REPORT_TO: "a@club.example , b@club.example" }).reportTo).toEqual([
      "a@club.example",
      "b@club.example",
    ]);
  });

  it("name consultants by address, however it is written", () => {
    const given = { " Anna@Club.Example ": "Anna Vogel", "bert@club.example": "  Bert  " };
    const { consultants } = tracking({ CONSULTANTS: JSON.stringify(given) });
    expect(consultants).toEqual({ "anna@club.example": "Anna Vogel", "bert@club.example": "Bert" });
    expect(tracking({ CONSULTANTS: "{}" }).consultants).toEqual({});
  });

  it("look into no credentials: a mistake in them stops nothing else", () => {
    expect(tracking({ GOOGLE_CREDS_BASE64: "{not base64}" }).credentials).toBe("{not base64}");
  });

  it("cannot be changed once they are parsed", () => {
    const parsed = tracking({ CONSULTANTS: '{"a@club.example":"A"}', GOOGLE_CALENDAR_IDS: "a" });
    for (const part of [parsed, parsed.consultants, parsed.calendarIds, parsed.reportTo])
      expect(Object.isFrozen(part)).toBe(true);
  });
});

describe("a setting of the attendance that is wrong", () => {
  it.each([
    ["GOOGLE_CALENDAR_IDS", "team calendar", "calendar ids such as"],
    ["GOOGLE_CALENDAR_IDS", "x".repeat(255), "calendar ids such as"],
    ["GOOGLE_CALENDAR_URL", "www.googleapis.com", "a URL such as https://www.googleapis.com"],
    ["GOOGLE_CALENDAR_URL", "ftp://www.googleapis.com", "a URL such as https://www.googleapis.com"],
    ["TRACKING_TIMEZONE", "Mars/Base", "an IANA time zone such as Europe/Berlin"],
    ["CONSULTANTS", "anna@club.example=Anna", "a JSON object of addresses and names"],
    ["CONSULTANTS", '["anna@club.example"]', "a JSON object of addresses and names"],
    ["CONSULTANTS", '"anna@club.example"', "a JSON object of addresses and names"],
    ["CONSULTANTS", "null", "a JSON object of addresses and names"],
    ["CONSULTANTS", '{"anna@club.example":7}', "a JSON object of addresses and names"],
    ["CONSULTANTS", '{"anna@club.example":" "}', "a JSON object of addresses and names"],
    ["CONSULTANTS", JSON.stringify({ "anna@club.example": "x".repeat(101) }), "a JSON object of addresses and names"],
    ["TRACKING_REPORT_TO", "anna@club.example, bert", "e-mail addresses, comma-separated"],
    ["TRACKING_REPORT_TO", "anna@club.example; bert@club.example", "e-mail addresses, comma-separated"],
    ["TRACKING_REPORT_LANGUAGE", "fr", "de or en"],
    ["TRACKING_RETENTION_DAYS", "91", "from 92 to 3650"],
    ["TRACKING_RETENTION_DAYS", "forever", "from 92 to 3650"],
    ["NO_SHOW_ALERT_PERCENT", "0", "from 1 to 100"],
    ["NO_SHOW_ALERT_PERCENT", "20.5", "from 1 to 100"],
    ["NO_SHOW_ALERT_PERCENT", "101", "from 1 to 100"],
  ])("is named: %s=%s, with what was expected and no address", (name, value, expected) => {
    let message = "";
    try {
      parseConfig({ [name]: value });
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message.startsWith(`${name}: expected `)).toBe(true);
    expect(message).toContain(expected);
    expect(
      message.replace('{"anna@example.com":"Anna Vogel"}', "").replace("team@group.calendar.google.com", ""),
    ).not.toMatch(/anna|bert|@/i);
  });
});
