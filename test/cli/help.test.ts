import { describe, expect, it } from "vitest";
import { JOBS } from "../../lib/app/registry.ts";
import manifest from "../../package.json" with { type: "json" };
import { runCli } from "../support/children/run-cli.ts";

const COMMANDS = [...Object.keys(JOBS), "list", "doctor", "smoke", "migrate", "crontab", "privacy"];
const SUBCOMMANDS = [
  "tracking import",
  "site status",
  "site process",
  "site replay",
  "privacy export",
  "privacy erase",
];

/** Wrong settings, which no help may depend on. */
const env = { BATCH_SIZE: "many" };

describe("npm run cli", () => {
  it("describes every command in its help", async () => {
    const { code, out, err } = await runCli(["--help"], { env });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const command of COMMANDS) expect(out).toMatch(new RegExp(`^  ${command} +[A-Z]`, "m"));
    expect(out).toContain("Examples:\n  npm run cli -- list");
    expect(out).toContain("Exit codes: 0 done, 1 failed, 2 wrong use");
  });

  it.each([...COMMANDS, ...SUBCOMMANDS])("shows options and examples in the help of %s", async (command) => {
    const { code, out, err } = await runCli([...command.split(" "), "--help"], { env });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(`Usage: npm run cli -- ${command} `);
    expect(out).toContain("-h, --help");
    if (!["site", "privacy"].includes(command)) expect(out).toContain(`Examples:\n  npm run cli -- ${command}`);
    expect(await runCli(["help", ...command.split(" ").slice(0, 1)], { env })).toMatchObject({ code: 0 });
  });

  it("describes the parameters of a job as options with their type, limits and default", async () => {
    const { out } = await runCli(["slots", "--help"]);
    expect(out.replace(/\s+/g, " ")).toContain(
      "--days-ahead <number> Plan slots up to this many days ahead. (0 to 365; default 30)",
    );
    expect((await runCli(["weekly", "--help"])).out).toContain("--week <YYYY-MM-DD>");
  });

  it("shows its version", async () => {
    expect(await runCli(["--version"], { env })).toEqual({ code: 0, out: `${manifest.version}\n`, err: "" });
  });

  it("shows its help on standard error if no command is given", async () => {
    const { code, out, err } = await runCli([]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("Usage: npm run cli -- <command> [options]");
    expect(err).toMatch(/command: expected one of weekly, .*, got none\n$/);
  });

  it.each([
    [["weekley"], /got "weekley"\. Did you mean weekly\?$/m],
    [["weekly", "--dryrun"], /^Unknown option '--dryrun': expected one of --.*\. Did you mean --dry-run\?$/m],
    [["site", "stauts"], /^site: expected one of status, process, replay, got "stauts"\. Did you mean status\?$/m],
    [["tracking", "improt"], /^tracking: expected import or no argument, got "improt"$/m],
    [["site", "status", "--customer"], /^Unknown option '--customer': .* Did you mean --customer-id\?$/m],
  ])("suggests what %j could mean", async (args, sentence) => {
    const { code, out, err } = await runCli(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(sentence);
  });
});
