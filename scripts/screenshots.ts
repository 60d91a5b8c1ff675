import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import { DATE, settle, signIn, withBrowser, withServer } from "./pictures/demo-server.ts";
import { contactSheet } from "./screenshots/contact-sheet.ts";
import { SIGNED_IN, SIGNED_OUT, type State } from "./screenshots/states.ts";

/**
 * `npm run screenshots`: runs `npm start` on a fixed date and takes every page of the console and its states, in two widths and
 * both colour schemes. `--folder` and `--language` say where and in which language, `--only` takes the states whose name contains it,
 * `--url` takes a local run that runs already.
 */
const { values } = parseArgs({
  options: {
    folder: { type: "string", default: ".data/screenshots" },
    language: { type: "string", default: "en" },
    only: { type: "string", default: "" },
    url: { type: "string" },
  },
});
const FOLDER = resolve(values.folder);
const WIDTHS = [1440, 390] as const;
const SCHEMES = ["light", "dark"] as const;

type Cookies = Exclude<BrowserContextOptions["storageState"], string | undefined>;

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  await withBrowser(async (browser, home) => {
    if (values.url) await takeAll(browser, values.url);
    else await withServer(home, {}, (url) => takeAll(browser, url));
  });
  console.info(`all pictures: ${join(FOLDER, "index.html")}`);
}

async function takeAll(browser: Browser, url: string): Promise<void> {
  const session = await signedIn(browser, url);
  const pictures = new Map<string, string[]>();
  for (const colorScheme of SCHEMES) {
    for (const width of WIDTHS) {
      const look = { viewport: { width, height: 900 }, colorScheme, locale: values.language };
      const take = async (context: BrowserContext, state: State) => {
        const file = `${state.name}-${width}-${colorScheme}.png`;
        console.info(file);
        await takeState(context, url, state, file);
        pictures.set(state.name, [...(pictures.get(state.name) ?? []), file]);
      };
      for (const state of SIGNED_OUT.filter(wanted)) {
        const context = await browser.newContext(look);
        await take(context, state);
        await context.close();
      }
      const context = await browser.newContext({ ...look, storageState: session });
      for (const state of SIGNED_IN.filter(wanted)) await take(context, state);
      await context.close();
    }
  }
  writeFileSync(join(FOLDER, "index.html"), contactSheet(pictures));
}

const wanted = ({ name }: State): boolean => name.includes(values.only);

async function signedIn(browser: Browser, url: string): Promise<Cookies> {
  const context = await browser.newContext();
  await signIn(await context.newPage(), url);
  // The console takes the account's language.
  await context.request.patch(`${url}/api/auth/account`, {
    data: { language: values.language },
    headers: { Origin: url },
  });
  const session = await context.storageState();
  await context.close();
  return session;
}

async function takeState(context: BrowserContext, url: string, { path, act }: State, file: string): Promise<void> {
  const page = await context.newPage();
  await page.clock.setFixedTime(new Date(Date.parse(DATE) + 180_000));
  await page.goto(`${url}${path}`);
  await settle(page);
  if (act) {
    await act(page);
    await settle(page);
  }
  if (act === undefined && !path.includes("dialog=")) {
    const height = await page.locator("html").evaluate(({ scrollHeight }) => scrollHeight);
    await page.setViewportSize({ width: page.viewportSize()?.width ?? 0, height });
    await settle(page);
  }
  await page.screenshot({ path: join(FOLDER, file) });
  await page.close();
}

await main();
