import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { emailQueue } from "../../lib/mail/schema.ts";
import { decodePng } from "../../lib/mail/template/inline-image.ts";
import { googleServer } from "../fakes/google-server.ts";
import { builtFunctions } from "../support/built/built-functions.ts";
import { createDatabase } from "../support/database/databases.ts";

const run = promisify(execFile);
const SECRET = "a-cron-secret-of-tests";

/** Every function that runs jobs may come to continue the tracking; all of them need what draws, and its fonts. */
const TICKS = builtFunctions().filter(({ path }) =>
  /^\/api\/(events\/(\w+|emails\/dispatch)|v1\/track\/process|admin\/jobs\/run)$/.test(path),
);

describe("the weekly report of the platform's build", () => {
  // Copied away with what the platform puts into it, so that a function finds that and nothing of the checkout.
  const elsewhere = mkdtempSync(join(tmpdir(), "taktwerk-report-"));
  beforeAll(() => {
    for (const { path, folder } of TICKS) {
      const to = join(elsewhere, `${path}.func`);
      cpSync(folder, to, { recursive: true });
      const { filePathMap = {} } = JSON.parse(readFileSync(join(folder, ".vc-config.json"), "utf8")) as {
        filePathMap?: Record<string, string>;
      };
      for (const [name, from] of Object.entries(filePathMap)) cpSync(from, join(to, name));
    }
  });
  afterAll(() => rmSync(elsewhere, { recursive: true }));

  it("is drawn by the function that its cron calls, in a process with nothing else of the project in reach", async () => {
    const google = await googleServer({ calendars: { "team@club.example": [] } });
    const url = await createDatabase();
    const handler = join(elsewhere, "/api/events/tracking.func", handlerOf("/api/events/tracking"));
    const headers = { authorization: `Bearer ${SECRET}`, "user-agent": "vercel-cron/1.0" };
    const request = { handler, method: "POST", url: "https://taktwerk.example/api/events/tracking", headers };
    const env = {
      DATABASE_URL: url,
      CRON_SECRET: SECRET,
      VERCEL: "1",
      EMAIL_FROM: "Club <club@club.example>",
      GOOGLE_CALENDAR_IDS: "team@club.example",
      GOOGLE_CREDS_BASE64: google.credentials,
      GOOGLE_CALENDAR_URL: google.url,
      TRACKING_REPORT_TO: "boss@club.example",
    };
    const script = join(import.meta.dirname, "../support/built/call-built.mjs");
    const { stdout } = await run(process.execPath, [script, JSON.stringify(request)], { env, cwd: tmpdir() });
    const answer = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as { status: number; body: string };
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ status: "ok", report: "queued" });
    const { db, close } = openPostgres(url);
    const [mail] = await db.select().from(emailQueue);
    await close();
    const png = decodePng(mail?.inlineImage ?? "");
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 880]);
  });

  it.each(TICKS)("has what draws it, and fonts, in $path", async ({ path }) => {
    const folder = join(elsewhere, `${path}.func`);
    const found = `const { createRequire } = await import("node:module");
      const { resolve } = createRequire(${JSON.stringify(join(folder, "dist/any.js"))});
      for (const font of ["400Regular/Inter_400Regular", "600SemiBold/Inter_600SemiBold"])
        resolve("@expo-google-fonts/inter/" + font + ".ttf");
      createRequire(${JSON.stringify(join(folder, "dist/any.js"))})("@resvg/resvg-js");`;
    await run(process.execPath, ["--input-type=module", "-e", found], { cwd: tmpdir() });
  });
});

const handlerOf = (path: string): string => TICKS.find((built) => built.path === path)?.config.handler ?? "missing";
