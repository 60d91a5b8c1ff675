import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { database } from "../../db/client.ts";
import { readAddress } from "../../email-address.ts";
import { AppError, describeError } from "../../errors.ts";
import { id } from "../../http/fields.ts";
import type { Person } from "../../privacy/person.ts";
import { currentTime } from "../../time/clock.ts";
import type { CliCommand, Describe } from "../command.ts";
import { applySettings, type LocalRun } from "../local-run.ts";
import { printRows } from "../output/print-rows.ts";

type Options = Record<string, unknown>;

/** `privacy export` writes everything stored about a person; `privacy erase` deletes it. */
export const describePrivacy: Describe = (command, local) => {
  command.description("Exports or erases everything stored about a person (docs/privacy.md).");
  personOptions(command.command("export") as CliCommand)
    .summary("Write everything stored about a person as one JSON document.")
    .description("Writes everything stored about a person as one JSON document, to standard output or to a file.")
    .option("--out <file>", "Write to this new file, which only its owner may read.")
    .examples("privacy export --user 4711 --out 4711.json", "privacy export --email ada@example.com")
    .runs((options) => exportPerson(options, local));
  personOptions(command.command("erase") as CliCommand)
    .summary("Delete everything stored about a person, after a question.")
    .description("Deletes everything stored about a person and shows how many rows of each table. It cannot be undone.")
    .option("--dry-run", "Only count the rows; delete nothing.")
    .option("--yes", "Do not ask; required where standard input is no terminal.")
    .examples("privacy erase --user 4711 --dry-run", "privacy erase --user 4711 --email ada@old.example --yes")
    .withJson()
    .runs((options) => erase(options, local));
};

const collect = (value: string, values: string[] = []): string[] => [...values, value];

function personOptions(command: CliCommand): CliCommand {
  command
    .option("--user <id>", "The id of the user.")
    .option("--email <address>", "An address of the person; may be repeated.", collect)
    .option("--name <name>", "First and last name, to search calendars for; may be repeated.", collect);
  return command;
}

async function exportPerson(options: Options, local: LocalRun | undefined): Promise<number> {
  const query = personIn(options);
  const { exportData, findPerson } = await load(local);
  const db = await database();
  const person = await findPerson(db, query);
  if (query.userId !== undefined && !person.isUser) {
    throw wrong(`user: expected the id of a known user, got ${JSON.stringify(query.userId)}`);
  }
  const document = Readable.from(exportData(db, person, currentTime()));
  const out = options.out as string | undefined;
  if (out === undefined) {
    await pipeline(document, process.stdout, { end: false });
    return 0;
  }
  // A new file that only its owner may read: an existing file may belong to another user.
  await pipeline(document, createWriteStream(out, { flags: "wx", mode: 0o600 })).catch((error: unknown) => {
    const { code, message } = describeError(error);
    throw code.startsWith("E") ? wrong(`out: expected a new file that can be written, got ${message}`) : error;
  });
  console.log(`written to ${out}`);
  return 0;
}

async function erase(options: Options, local: LocalRun | undefined): Promise<number> {
  const query = personIn(options);
  const isDryRun = options.dryRun === true;
  const mayErase = isDryRun || options.yes === true;
  if (!mayErase && !process.stdin.isTTY) {
    throw wrong("erase: expected --yes where there is no terminal to ask on, or --dry-run to look first");
  }
  const { erasePerson, findPerson } = await load(local);
  const db = await database();
  const person = await findPerson(db, query);
  if (query.userId !== undefined && !person.isUser) {
    console.error(
      `There is no user ${JSON.stringify(query.userId)} any more. All rows with this id are erased all the same.`,
    );
  }
  if (!mayErase && !(await confirm(query))) {
    console.error("Nothing was erased.");
    return 1;
  }
  const counts = await erasePerson(db, person, currentTime(), { dry: isDryRun });
  const tables = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([table, count]) => ({ table, rows: count }));
  printRows(
    [
      ["table", ({ table }) => table],
      [isDryRun ? "rows to erase" : "rows", ({ rows }) => String(rows)],
    ],
    tables,
    options.json === true,
    "Nothing is stored.",
  );
  return 0;
}

/** Loads the areas only after the arguments have been checked. */
async function load(local: LocalRun | undefined) {
  applySettings(local);
  const { erase: erasePerson, exportData } = await import("../../app/privacy.ts");
  const { findPerson } = await import("../../privacy/person.ts");
  return { erasePerson, exportData, findPerson };
}

async function confirm({ userId, addresses }: Person): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const whom = [userId, ...addresses].filter((known) => known !== undefined).join(", ");
  const answer = await terminal.question(`Erase everything about ${whom}? This cannot be undone. Type yes: `);
  terminal.close();
  return answer.trim().toLowerCase() === "yes";
}

function personIn(options: Options): Person {
  const { user, email = [], name = [] } = options as { user?: string; email?: string[]; name?: string[] };
  if (user === undefined && email.length === 0)
    throw wrong("privacy: expected --user ID or --email ADDRESS, got neither");
  if (user !== undefined && !id.safeParse(user).success) {
    throw wrong(`user: expected the id of a user, got ${JSON.stringify(user)}`);
  }
  for (const address of email) {
    const { reason } = readAddress(address);
    if (reason !== undefined) throw wrong(`email: expected ${reason}, got ${JSON.stringify(address)}`);
  }
  for (const full of name) {
    if (!/\S+\s+\S+/.test(full)) throw wrong(`name: expected a first and a last name, got ${JSON.stringify(full)}`);
  }
  return { userId: user, addresses: email, names: name.map((full) => full.normalize("NFC").trim()) };
}

const wrong = (message: string): AppError => new AppError("invalid-parameter", message);
