import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { loadServiceAccount } from "../../../lib/attendance/google/credentials.ts";
import { createGoogleClient } from "../../../lib/attendance/google/google-client.ts";
import {
  calendarError,
  chooseRetryAction,
  type GoogleError,
  signInError,
} from "../../../lib/attendance/google/google-errors.ts";
import { config, configure, type Environment } from "../../../lib/config/config.ts";
import { useProxy } from "../../../lib/network/proxy.ts";
import { type ConnectProxy, deadUrl, startConnectProxy } from "../../fakes/connect-proxy.ts";
import { type GoogleServer, startGoogle } from "../../fakes/google-server.ts";
import { AUTHORITY } from "../../fakes/smtp-certificates.ts";

/** Google's host in these tests. Only the proxy can reach it. */
const GOOGLE = "https://mx.other.example";
const TEAM = "team@club.example";

describe("requests to Google", () => {
  const usual = getCACertificates("default");
  let google: GoogleServer;
  let proxy: ConnectProxy;
  beforeAll(() => setDefaultCACertificates([...usual, AUTHORITY]));
  beforeEach(async () => {
    google = await startGoogle({ origin: GOOGLE });
    proxy = await startConnectProxy(google.url);
  });
  afterEach(async () => {
    configure({});
    useProxy();
    await proxy.close();
    await google.close();
  });
  afterAll(() => setDefaultCACertificates(usual));

  const open = (settings: Environment, apiUrl = GOOGLE, credentials = google.credentials) => {
    configure({ GOOGLE_CREDS_BASE64: credentials, GOOGLE_CALENDAR_URL: apiUrl, ...settings });
    return createGoogleClient(loadServiceAccount(), config().tracking.apiUrl);
  };
  const list = (calendar: ReturnType<typeof createGoogleClient>) => {
    const [from, to] = [new Date("2026-02-02T00:00:00Z"), new Date("2026-02-03T00:00:00Z")];
    return calendar.list({ calendarId: TEAM, from, to, pageToken: undefined }, 10_000, new AbortController().signal);
  };
  const faultOf = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: GoogleError) => error,
    ) as Promise<GoogleError>;

  it.each(["HTTPS_PROXY", "https_proxy"])(
    "use the proxy in %s, for the sign-in and for the calendars",
    async (name) => {
      const calendar = open({ [name]: proxy.url });
      await calendar.signIn();
      expect(await list(calendar)).toMatchObject({ events: [] });
      expect(google.requests.map(({ kind }) => kind)).toEqual(["token", "list"]);
      expect(new Set(proxy.asked.map(({ target }) => target))).toEqual(new Set(["mx.other.example:443"]));
    },
  );

  it("authenticate at the proxy, whose URL may lack http://", async () => {
    await open({ HTTPS_PROXY: proxy.url.replace("http://", "ada:geheim@") }).signIn();
    expect(proxy.asked[0]?.authorization).toBe(`Basic ${btoa("ada:geheim")}`);
    expect(config().secrets).toContain("geheim");
  });

  it.each([{}, { HTTPS_PROXY: "set", NO_PROXY: "elsewhere.example, .other.example" }])(
    "do not with %j",
    async (settings) => {
      const given = "HTTPS_PROXY" in settings ? { ...settings, HTTPS_PROXY: proxy.url } : settings;
      const fault = await faultOf(open(given).signIn());
      expect(fault.message).toContain("ENOTFOUND"); // or another error for an unknown host
      expect(proxy.asked).toEqual([]);
    },
  );

  it("reach a stand-in on this machine without the proxy", async () => {
    const here = await startGoogle();
    const calendar = open({ HTTPS_PROXY: proxy.url }, here.url, here.credentials);
    await calendar.signIn();
    await list(calendar);
    await here.close();
    expect(proxy.asked).toEqual([]);
  });

  it.each([403, 407])(
    "are refused by the proxy with %i, which is not reported as a fault of the credentials",
    async (status) => {
      proxy.refusal = { status, body: "<h1>Blocked by policy</h1>" };
      const host = new URL(proxy.url).host;
      const calendar = open({ HTTPS_PROXY: proxy.url });
      const fault = await faultOf(calendar.signIn());
      expect(signInError(fault)).toMatchObject({
        code: "calendar-unreadable",
        message: `${host} refused the connection to Google with ${status}; allow www.googleapis.com and oauth2.googleapis.com there, or correct HTTPS_PROXY`,
      });
      expect(chooseRetryAction(fault, undefined)).toBe("fail");
    },
  );

  it("blame a firewall for an HTML page, not the calendar or the credentials", async () => {
    const page = () => new Response("<h1>Blocked</h1>", { status: 403, headers: { "Content-Type": "text/html" } });
    const calendar = open({ HTTPS_PROXY: proxy.url });
    google.onToken = page;
    expect(signInError(await faultOf(calendar.signIn())).message).toMatch(
      /^127\.0\.0\.1:\d+ refused the connection to Google with 403/,
    );
    google.onToken = [];
    google.onList = page;
    await calendar.signIn();
    const { message } = calendarError(TEAM, await faultOf(list(calendar)), "team@project.example");
    expect(message).toMatch(/^calendar team@club\.example: 127\.0\.0\.1:\d+ refused the connection to Google with 403/);
    expect(message).not.toContain("share it");
  });

  it("name the proxy that cannot be reached", async () => {
    const dead = await deadUrl();
    const fault = await faultOf(open({ HTTPS_PROXY: dead }).signIn());
    expect(signInError(fault).message).toContain(`(ECONNREFUSED), through the proxy ${new URL(dead).host}`);
    expect(chooseRetryAction(fault, undefined)).toBe("retry");
  });

  it("report a wrong clock of this machine", async () => {
    const ahead = await startGoogle({ clock: () => new Date(Date.now() - 86_400_000) });
    const fault = await faultOf(open({}, ahead.url, ahead.credentials).signIn());
    await ahead.close();
    expect(signInError(fault)).toMatchObject({
      code: "calendar-unreadable",
      message: expect.stringContaining("says that this machine's clock is wrong"),
    });
  });
});

describe("HTTPS_PROXY", () => {
  it("must be a URL, and the error does not show its value", () => {
    expect(() => configure({ HTTPS_PROXY: "socks5://ada:geheim@proxy.example" })).toThrow(
      "HTTPS_PROXY: expected a URL such as http://proxy.example.com:3128, got another value (not shown)",
    );
  });
});
