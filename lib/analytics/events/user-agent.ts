import Bowser from "bowser";
import { isbot, isbotMatch } from "isbot";
import { memoize } from "../../memo.ts";

/** What a user agent says about the sender. */
export interface UserAgent {
  /** `desktop`, `mobile`, `tablet`, `tv`, ...; `server` for a program of the site itself; `unknown`. */
  device: string;
  browser: string | null;
  os: string | null;
  /** The name of a bot; null for people. */
  bot: string | null;
}

/**
 * HTTP libraries and tools. They do not crawl pages: a program that has a key is the site's own back end and not a bot.
 */
const BACK_END_PROGRAMS =
  /^(curl|wget|httpie|node|node-fetch|undici|axios|got|deno|bun|python-requests|python-httpx|aiohttp|python-urllib|go-http-client|okhttp|java|apache-httpclient|guzzlehttp|ruby|faraday|dart|postmanruntime|insomnia)\b/i;

const UNKNOWN: UserAgent = { device: "unknown", browser: null, os: null, bot: null };

/** The user agents of real browsers are shorter. */
const MAX_LENGTH = 512;
/** Most requests have one of few user agents, so parsed ones are cached. */
const MAX_CACHED = 2_000;

/** Finds device, browser and system (by bowser) and bots (by isbot) in a User-Agent header. */
export const parseUserAgent = (userAgent: string | undefined): UserAgent =>
  userAgent === undefined || userAgent === "" ? UNKNOWN : parseKnown(userAgent.slice(0, MAX_LENGTH));

const parseKnown = memoize(MAX_CACHED, (userAgent: string) => parse(userAgent));

function parse(userAgent: string): UserAgent {
  if (BACK_END_PROGRAMS.test(userAgent)) return { ...UNKNOWN, device: "server" };
  const { platform, browser, os } = Bowser.getParser(userAgent).getResult();
  return {
    device: platform.type || "unknown",
    browser: browser.name || null,
    os: os.name || null,
    bot: isbot(userAgent) ? botName(userAgent) : null,
  };
}

/** The name of a bot, otherwise the text by which it was recognised. */
function botName(userAgent: string): string {
  const name = /[\w-]*(bot|crawl|spider|slurp|headless)[\w-]*/i.exec(userAgent)?.[0] ?? isbotMatch(userAgent);
  return name?.slice(0, 60) || "unknown";
}
