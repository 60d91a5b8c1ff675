import { GET, POST } from "../http/api.ts";
import { SETTINGS } from "../http/requests.ts";
import { signedUnsubscribeUrl } from "./unsubscribe-url.ts";

/** Calls the unsubscribe link as browsers and mail programs do. */

const SECRET = SETTINGS.EMAIL_PREFERENCES_SECRET ?? "";
/** So far ahead that the link is valid whenever the tests run. */
const FROM = new Date("2500-01-01T00:00:00Z");
export const link = (userId: string, from = FROM) =>
  signedUnsubscribeUrl("https://taktwerk.example", SECRET, userId, from);

export interface Page {
  status: number;
  headers: Headers;
  html: string;
}

async function read(response: Response): Promise<Page> {
  return { status: response.status, headers: response.headers, html: await response.text() };
}

export const get = async (url: string, headers: Record<string, string> = {}) =>
  read(await GET(new Request(url, { headers })));
export const post = async (url: string, init: RequestInit = {}) =>
  read(await POST(new Request(url, { method: "POST", ...init })));

export const titleOf = ({ html }: Page) => /<h1>(.*?)<\/h1>/.exec(html)?.[1];
export const languageOf = ({ html }: Page) => /<html lang="(..)">/.exec(html)?.[1];
