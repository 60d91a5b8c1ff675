import type { BrowserContext } from "playwright-core";
import { serve } from "../../../dev/server.ts";
import { configure } from "../../../lib/config/config.ts";
import { useConnection } from "../../../lib/db/client.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import { openPglite } from "../../../lib/db/drivers/embedded.ts";
import type { Handler } from "../../../lib/http/handler.ts";
import { withHeaders } from "../../../lib/server/platform-headers.ts";
import { SETTINGS } from "../../worlds/club-settings.ts";
import { openBrowser } from "../browser.ts";
import { checkedAnswer } from "./api.ts";

/** The server of `npm start` on an embedded database, and a browser. */
export interface Pages {
  connection: Connection;
  url: string;
  browser: BrowserContext;
  close(): Promise<void>;
}

/** @param surroundings Pages of `npm start` beside the project: the folder of the emails, and a calendar. */
export async function openPages(
  surroundings: { mails?: string; calendar?: Handler } = {},
  userAgent?: string,
): Promise<Pages> {
  configure(SETTINGS);
  const connection = await openPglite();
  useConnection(connection);
  const problems: string[] = [];
  const platform = withHeaders(async (request) => {
    const checked = await checkedAnswer(request);
    problems.push(...checked.problems);
    return checked.response;
  });
  const server = await serve(0, { ...surroundings, platform });
  const browser = await openBrowser(userAgent);
  const close = async () => {
    await browser.close();
    await server.close();
    await connection.close();
    if (problems.length > 0) throw new Error(`answers were not as the document says: ${problems.join("; ")}`);
  };
  return { connection, url: server.url, browser, close };
}
