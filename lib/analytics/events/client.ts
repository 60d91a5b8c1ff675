import Bowser from "bowser";
import { isbot, isbotMatch } from "isbot";

/** What a user agent says of the one behind it. */
export interface Client {
  /** `desktop`, `mobile`, `tablet`, `tv`, ...; `server` for a program of the site's own, `unknown`. */
  device: string;
  browser: string | null;
  os: string | null;
  /** The name of the program that is no person. */
  bot: string | null;
}

/**
 * Libraries and tools by which programs call others. They have no pages of their own to read: with a key in hand they
 * are the site's own back end, and no bot.
 */
const OWN_PROGRAMS =
  /^(curl|wget|httpie|node|node-fetch|undici|axios|got|deno|bun|python-requests|python-httpx|aiohttp|python-urllib|go-http-client|okhttp|java|apache-httpclient|guzzlehttp|ruby|faraday|dart|postmanruntime|insomnia)\b/i;

const UNKNOWN: Client = { device: "unknown", browser: null, os: null, bot: null };

/** Longer ones are nobody's. */
const MAX_LENGTH = 512;
/** There are few that many have, and these come again and again. */
const MOST_REMEMBERED = 2_000;
const remembered = new Map<string, Client>();

/** Device, browser and system, by bowser; bots, by isbot. */
export function parseUserAgent(userAgent: string | undefined): Client {
  if (userAgent === undefined || userAgent === "") return UNKNOWN;
  const known = remembered.get(userAgent);
  if (known !== undefined) return known;
  const client = read(userAgent.slice(0, MAX_LENGTH));
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(userAgent, client);
  return client;
}

function read(userAgent: string): Client {
  if (OWN_PROGRAMS.test(userAgent)) return { ...UNKNOWN, device: "server" };
  const { platform, browser, os } = Bowser.getParser(userAgent).getResult();
  return {
    device: platform.type || "unknown",
    browser: browser.name || null,
    os: os.name || null,
    bot: isbot(userAgent) ? nameOf(userAgent) : null,
  };
}

/** A bot's own name where it has one, else what gave it away. */
function nameOf(userAgent: string): string {
  const name = /[\w-]*(bot|crawl|spider|slurp|headless)[\w-]*/i.exec(userAgent)?.[0] ?? isbotMatch(userAgent);
  return name?.slice(0, 60) || "unknown";
}
