import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Db } from "../../lib/db/db.ts";
import { users } from "../../lib/users/schema.ts";
import { runCli } from "../support/children/run-cli.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { addUsers } from "../worlds/club.ts";
import { SETTINGS } from "../worlds/club-settings.ts";

describe("npm run cli -- privacy", () => {
  let url: string;
  let db: Db;
  let close: () => Promise<void>;
  let directory: string;
  beforeAll(async () => {
    ({ url, db, close } = await freshPostgres());
    directory = await mkdtemp(join(tmpdir(), "privacy-"));
    await addUsers(db, "ada", "bob");
  });
  afterAll(async () => {
    await close();
    await rm(directory, { recursive: true });
  });

  const privacy = (...args: string[]) =>
    runCli(["privacy", ...args], { cwd: directory, env: { ...SETTINGS, DATABASE_URL: url } });

  it("exports to standard output, or to a new file that only its owner may read", async () => {
    const { code, out } = await privacy("export", "--user", "ada");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ profile: [{ id: "ada", email: "ada@club.example" }], bookings: [] });
    expect(await privacy("export", "--user", "ada", "--out", "ada.json")).toMatchObject({ code: 0 });
    const file = join(directory, "ada.json");
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ about: { userId: "ada" } });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const again = await privacy("export", "--user", "ada", "--out", "ada.json");
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining("out: expected a new file") });
  });

  it("asks before it erases; without a terminal it does nothing unless --yes is given", async () => {
    const refused = await privacy("erase", "--user", "ada");
    expect(refused).toMatchObject({ code: 2, out: "", err: expect.stringContaining("expected --yes") });
    const looked = await privacy("erase", "--user", "ada", "--dry-run");
    expect(looked.out).toMatch(/^users +1$/m);
    expect(await db.$count(users)).toBe(2);
    const { code, out, err } = await privacy("erase", "--user", "ada", "--yes");
    expect(code).toBe(0);
    expect(out).toMatch(/^users +1$/m);
    expect(err).toContain('"event":"person_erased"');
    expect(out + err).not.toContain("ada");
    expect(await db.$count(users)).toBe(1);
    expect(await privacy("erase", "--user", "ada", "--yes")).toMatchObject({ code: 0 });
  });

  it.each([
    [[], "privacy: expected one of export, erase"],
    [["forget"], "privacy: expected one of export, erase"],
    [["export"], "expected --user ID or --email ADDRESS, got neither"],
    [["export", "--user", "nobody"], 'user: expected the id of a known user, got "nobody"'],
    [["export", "--user", ""], "user: expected the id of a user"],
    [["erase", "--email", "ada"], "email: expected an e-mail address"],
    [["erase", "--user", "bob", "--name", "Bob", "--yes"], "name: expected a first and a last name"],
    [["erase", "--user", "bob", "--all"], "Unknown option '--all'"],
  ])("refuses %j with exit code 2", async (args, sentence) => {
    const { code, out, err } = await privacy(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
    expect(await db.$count(users)).toBeGreaterThan(0);
  });
});
