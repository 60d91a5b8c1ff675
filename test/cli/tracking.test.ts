import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays } from "../../lib/time/dates.ts";
import { localDate } from "../../lib/time/periods.ts";
import { runCli } from "../support/children/run-cli.ts";

/** The command as a stranger has it: no setting, the embedded database, and calendars that stand in for Google's. */
describe("npm run cli -- tracking on a machine with nothing set up", () => {
  let home: string;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), "taktwerk-stranger-"));
    symlinkSync(join(process.cwd(), "drizzle"), join(home, "drizzle"));
  });
  afterAll(() => rmSync(home, { recursive: true }));

  const track = (...args: string[]) => runCli(["tracking", ...args], { cwd: home, fromSource: true });

  it("backfills with its progress shown, and ends with a table of the days", async () => {
    const start = addDays(localDate(new Date(), "Europe/Berlin"), -40);
    const { code, out, err } = await track("--start", start);
    expect({ code, out }).toMatchObject({ code: 0 });
    expect(err).toContain("calendar-tracking: 100 % (");
    const lines = out.split("\n");
    expect(lines[0]).toMatch(/^day +total +completed +sold +no-show +ghost .* show rate +net +state$/);
    expect(lines[2]).toMatch(new RegExp(`^${start} \\w{3} .* final$`));
    expect(out).toMatch(/^total +\d{3} /m);
    expect(out).toMatch(/days read with 4 requests\.$/m); // two calendars, two ranges

    const again = await track("--start", start);
    expect(again.out).toMatch(/^\d days? read with 2 requests, \d\d skipped that were final\.$/m);
  });

  it("is refused at once, with exit code 2, while another process has the database", async () => {
    mkdirSync(join(home, ".data"), { recursive: true });
    writeFileSync(join(home, ".data", "lock"), String(process.pid));
    const { code, err } = await track();
    expect(code).toBe(2);
    expect(err).toContain(`is in use by process ${process.pid} (npm start?): stop it first`);
  });
});
