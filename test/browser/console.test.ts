import { sql } from "drizzle-orm";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Db, rows } from "../../lib/db/db.ts";
import { backgroundWork } from "../../lib/http/background.ts";
import { jobRuns } from "../../lib/jobs/schema.ts";
import type { Pages } from "../support/http/pages.ts";
import { ADMIN_TOKEN } from "../support/http/requests.ts";
import { addProblems, openConsole, openTab, settled, show } from "../worlds/console.ts";

/** Signing in, acting, and errors of the server. */

let pages: Pages;
let db: Db;
beforeAll(async () => {
  pages = await openConsole();
  db = pages.connection.db;
  await addProblems(db, new Date());
});
afterAll(() => pages.close());

let page: Page;
let problems: string[];
const open = async (tab: Parameters<typeof openTab>[1] = {}) => {
  ({ page, problems } = await openTab(pages, tab));
};
const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
const panel = (name: string) => page.getByRole("region", { name, exact: true });
const dialog = () => page.getByRole("dialog");

describe("signing in", () => {
  const requested: { url: string; authorization: string | undefined }[] = [];
  const kept = () => page.evaluate("[sessionStorage.length, localStorage.getItem('taktwerk.token'), document.cookie]");

  beforeEach(async () => {
    await open({ token: "" });
    requested.length = 0;
    page.on("request", (request) => {
      requested.push({ url: request.url(), authorization: request.headers().authorization });
    });
    await page.goto(pages.url);
    return () => page.close();
  });

  it("accepts the operator's token and sends it only in a header", async () => {
    await page.getByLabel("Admin token").fill(ADMIN_TOKEN);
    await button("Sign in").click();
    await settled(page);
    expect(await page.getByRole("heading", { level: 2 }).textContent()).toBe("Jobs");
    expect(await kept()).toEqual([1, null, ""]);
    expect(requested.filter(({ url }) => url.includes(ADMIN_TOKEN))).toEqual([]);
    const apiRequests = requested.filter(({ url }) => url.includes("/api/"));
    expect(apiRequests.length).toBeGreaterThan(3);
    expect(apiRequests.filter(({ authorization }) => authorization !== `Bearer ${ADMIN_TOKEN}`)).toEqual([]);
    expect(requested.filter(({ url }) => !url.startsWith(pages.url))).toEqual([]);
    expect(problems).toEqual([]);
  });

  it.each(["a-token-of-somebody-else", "ein Löffel"])("refuses a wrong token and asks again: %s", async (token) => {
    await page.getByLabel("Admin token").fill(token);
    await page.keyboard.press("Enter");
    await page.getByRole("alert").filter({ hasText: "token is wrong (401)" }).waitFor();
    expect(await kept()).toEqual([0, null, ""]);
    await page.getByLabel("Admin token").fill(ADMIN_TOKEN);
    await page.keyboard.press("Enter");
    await settled(page);
  });

  it("signs out on the button, and when the server no longer accepts the token", async () => {
    await page.getByLabel("Admin token").fill(ADMIN_TOKEN);
    await button("Sign in").click();
    await settled(page);
    await button("Sign out").click();
    await page.getByLabel("Admin token").waitFor();
    expect(await kept()).toEqual([0, null, ""]);

    await page.getByLabel("Admin token").fill(ADMIN_TOKEN);
    await button("Sign in").click();
    await settled(page);
    await page.route("**/api/admin/monitoring", (route) => route.fulfill({ status: 401, json: {} }));
    await button("Reload").click();
    await page.getByRole("alert").filter({ hasText: "401" }).waitFor();
    expect(await kept()).toEqual([0, null, ""]);
  });
});

describe("acting", () => {
  beforeEach(async () => {
    await open();
    return async () => {
      await backgroundWork();
      await page.close();
    };
  });

  const runsOf = (name: string) => db.$count(jobRuns, sql`job_name = ${name}`);

  it("runs a job after a confirmation, shows the response and lists the run", async () => {
    await show(pages, page, "jobs/cleanup");
    const before = await runsOf("job-cleanup");
    await button("Run: Clean-up").click();
    expect(await dialog().innerText()).toContain("Marks stuck runs as failed");
    await button("Cancel").click();
    await dialog().waitFor({ state: "detached" });
    expect(await runsOf("job-cleanup")).toBe(before);

    await button("Run: Clean-up").click();
    await button("Run now").click();
    await dialog().getByText("Done. The server answered:").waitFor();
    expect(await dialog().innerText()).toMatch(/runsDeleted\s+0/);
    expect(await runsOf("job-cleanup")).toBe(before + 1);
    await button("Close").click();
    await panel("Runs: Clean-up").getByRole("cell", { name: "manual" }).first().waitFor();
    expect(problems).toEqual([]);
  });

  it("evaluates a week again with force", async () => {
    await show(pages, page, "jobs");
    await button("Run: Weekly evaluation").click();
    await button("Run now").click();
    await dialog().getByText("Done. The server answered:").waitFor();
    await button("Close").click();
    await button("Force: Weekly evaluation").click();
    expect(await dialog().innerText()).toContain("although it is complete");
    await button("Run again").click();
    await dialog().getByText("Done. The server answered:").waitFor();
    expect(await dialog().innerText()).toMatch(/skipped\s+false/);
  });

  it("retries one failed email or all of them", async () => {
    const states = () =>
      rows(db, sql`select status from email_queue where error is not null or attempts > 0 order by id`);
    const before = await states();
    await show(pages, page, "mail");
    await button(/^Retry: /).click();
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });
    expect(await states()).toEqual(before);

    await button("Retry all").click();
    await dialog().getByRole("button", { name: "Retry all" }).click();
    await dialog().getByText("Done.").waitFor();
    expect(await dialog().innerText()).toMatch(/requeued\s+1/);
    await button("Close").click();
    await panel("Failed emails").getByText("No email has failed.").waitFor();
    expect(await db.$count(jobRuns, sql`status = 'running'`)).toBe(0);
  });

  it("shows why an action failed", async () => {
    await show(pages, page, "jobs");
    await button("Send test alert").click();
    await dialog().getByRole("button", { name: "Send test alert" }).click();
    await dialog().getByText("SMTP_HOST").waitFor();
    expect(await dialog().innerText()).toContain("not-configured");
    expect(await dialog().innerText()).toContain("Request id:");
  });

  it("cleans up stuck runs", async () => {
    const long = new Date(Date.now() - 7_200_000);
    await db.insert(jobRuns).values({
      ...{ jobName: "slot-maintenance", scheduledFor: long, startedAt: long, status: "running", trigger: "cron" },
      ...{ leaseToken: "00000000-0000-4000-8000-000000000001", leaseUntil: long, heartbeatAt: long },
    });
    await show(pages, page, "jobs");
    await panel("Stuck now").getByText("slot-maintenance").waitFor();
    await button("Clean up stuck runs").click();
    await dialog().getByRole("button", { name: "Clean up stuck runs" }).click();
    await dialog().getByText("Done.").waitFor();
    await button("Close").click();
    await panel("Stuck now").getByText("No run is stuck.").waitFor();
    expect(await db.$count(jobRuns, sql`status = 'running'`)).toBe(0);
  });
});

describe("when the server fails", () => {
  beforeEach(async () => {
    await open();
    return () => page.close();
  });

  const serverError = { code: "internal", message: "something went wrong here", requestId: "request-7" };

  it("shows the error with code, sentence and request id, and recovers on a retry", async () => {
    const failing = "**/api/admin/slots/metrics";
    await page.route(
      failing,
      (route) => route.fulfill({ status: 500, json: { status: "error", error: serverError } }),
      {
        times: 1,
      },
    );
    await show(pages, page, "slots");
    const fault = panel("Slots of the next 30 days").getByRole("alert");
    expect(await fault.innerText()).toContain("The server failed. 500 internal");
    expect(await fault.innerText()).toContain(serverError.message);
    expect(await fault.innerText()).toContain(serverError.requestId);
    expect(await page.getByRole("alert").count()).toBe(2); // in both panels that show this response
    await fault.getByRole("button", { name: "Try again" }).click();
    await panel("Slots of the next 30 days").getByText("Coverage").waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  it.each([
    [429, "Too many requests."],
    [503, "The server is not available at the moment."],
  ])("says after %i when to try again", async (status, sentence) => {
    const headers = { "Retry-After": "90" };
    await page.route(
      "**/api/admin/sites?*",
      (route) => route.fulfill({ status, headers, json: { status: "error", error: serverError } }),
      {
        times: 1,
      },
    );
    await show(pages, page, "site");
    await page.getByText(sentence).waitFor();
    await page.getByText("Try again in 1 min 30 s.").waitFor();
    await button("Reload").click();
    await page.getByText("No site yet").waitFor();
  });

  it("keeps the old data when a reload fails", async () => {
    await show(pages, page, "slots");
    await page.route("**/api/admin/slots/metrics", (route) => route.abort());
    await button("Reload").click();
    await page.getByText("The server cannot be reached.").first().waitFor();
    await panel("Slots of the next 30 days").getByText("Coverage").waitFor();
  });
});
