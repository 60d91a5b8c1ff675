import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { whereToLook } from "../../dev/where-to-look.ts";
import { configure } from "../../lib/config/config.ts";
import { runCli } from "../support/children/run-cli.ts";

/** `npm start` in a folder of its own, as a newcomer runs it, but until it has evaluated. */
describe("npm start -- --once", () => {
  let home: string;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), "taktwerk-start-"));
    for (const name of readdirSync(".")) if (name !== ".data") symlinkSync(resolve(name), join(home, name));
  });
  afterAll(() => rmSync(home, { recursive: true }));

  function start() {
    const command = ["-C", "source", "dev/start.ts", "--once"];
    return new Promise<{ code: unknown; out: string; err: string }>((done) => {
      execFile(process.execPath, command, { cwd: home, env: { PORT: "0" } }, (error, out, err) =>
        done({ code: error?.code ?? 0, out, err }),
      );
    });
  }

  it("says what each step does, and keeps log lines out of its output", async () => {
    const { code, out, err } = await start();
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^Taktwerk starts on this machine\./);
    const steps = [...out.matchAll(/^(\w[\w ]*): .* \(\d+\.\d s\)$/gm)].map(([, title]) => title);
    expect(steps).toEqual([
      "Database",
      "Demo data",
      "Servers",
      "Evaluation",
      "Slots",
      "Attendance",
      "Site events",
      "Mails",
    ]);
    expect(out).toMatch(/^Database: created in \.data\/, \d+ migrations applied/m);
    expect(out).toMatch(/^ {2}users evaluated +198, \d+ of them trained$/m);
    expect(out).not.toContain('{"level"');
  });

  it("continues with the same data, which commands see, too", async () => {
    const { out } = await start();
    expect(out).toMatch(/^Demo data: kept from the last start/m);
    expect(out).toMatch(/^Evaluation: the week was evaluated before/m);
    const { out: list } = await runCli(["list"], { cwd: home, fromSource: true });
    expect(list).toMatch(/^weekly +weekly-events .* completed /m);
  });
});

describe("the last lines of npm start", () => {
  it("name each page with its address, one below the other", () => {
    configure({});
    const url = "http://127.0.0.1:3000";
    const all = { keepsMails: true, hasDemoAccounts: true, ownCalendar: true };
    const places = { url, bookingPage: `${url}/booking.html#id.token`, ...all };
    expect(whereToLook(places).split("\n")).toEqual([
      "  console       http://127.0.0.1:3000/",
      "  sign in       http://127.0.0.1:3000/dev/accounts has a button and the codes for each account",
      "  accounts      jo@nordlicht.example (admin), mara@nordlicht.example (staff), ida@nordlicht.example (viewer); " +
        "password: nordlicht-demo",
      "  booking page  http://127.0.0.1:3000/booking.html#id.token",
      "  mailbox       http://127.0.0.1:3000/dev/mailbox",
      "  calendars     http://127.0.0.1:3000/dev/calendar",
      "  demo site     http://127.0.0.1:3000/dev/site",
      "  API           http://127.0.0.1:3000/api.html",
      "  stop          Ctrl-C",
    ]);
    configure({ SMTP_HOST: "smtp.example.com" });
    const none = { keepsMails: false, hasDemoAccounts: false, ownCalendar: false };
    const plain = whereToLook({ url, bookingPage: undefined, ...none });
    expect(plain).toContain("mails go out through smtp.example.com");
    expect(plain).not.toMatch(/calendars|booking|accounts/);
  });
});
