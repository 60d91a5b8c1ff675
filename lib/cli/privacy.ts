import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { erase as erasePerson, exportData } from "../app/privacy.ts";
import type { Db } from "../db/db.ts";
import { readAddress } from "../email-address.ts";
import { AppError, describeError } from "../errors.ts";
import { id } from "../http/fields.ts";
import { findPerson, type Person } from "../privacy/person.ts";
import { table } from "../text-table.ts";
import { argumentsIn } from "./arguments.ts";

const WHO = {
  user: { type: "string" },
  email: { type: "string", multiple: true },
  name: { type: "string", multiple: true },
} as const;

/**
 * `npm run job -- privacy export|erase --user ID [--email ADDRESS]… [--name NAME]…`, also with `--email` alone: everything
 * of a person, as a document or gone.
 * @returns the exit code. @throws AppError `invalid-parameter` for what is not asked for rightly, before anything is done.
 */
export async function privacy(open: () => Promise<Db>, [verb = "", ...args]: string[], now: Date): Promise<number> {
  if (verb === "export") return exportTo(open, args, now);
  if (verb === "erase") return erase(open, args, now);
  throw wrong(`privacy: expected one of export, erase, got ${JSON.stringify(verb)}`);
}

async function exportTo(open: () => Promise<Db>, args: string[], now: Date): Promise<number> {
  const { values } = argumentsIn({ args, options: { ...WHO, out: { type: "string" } }, strict: true });
  const asked = whoIn(values);
  const db = await open();
  const person = await findPerson(db, asked);
  if (asked.userId !== undefined && !person.isUser) {
    throw wrong(`user: expected the id of a known user, got ${JSON.stringify(asked.userId)}`);
  }
  const document = Readable.from(exportData(db, person, now));
  if (values.out === undefined) {
    await pipeline(document, process.stdout, { end: false });
    return 0;
  }
  // Of one's own and nobody else's to read; and what is there already may be of somebody else.
  await pipeline(document, createWriteStream(values.out, { flags: "wx", mode: 0o600 })).catch((error: unknown) => {
    const { code, message } = describeError(error);
    throw code.startsWith("E") ? wrong(`out: expected a new file that can be written, got ${message}`) : error;
  });
  console.log(`written to ${values.out}`);
  return 0;
}

async function erase(open: () => Promise<Db>, args: string[], now: Date): Promise<number> {
  const options = { ...WHO, "dry-run": { type: "boolean" }, yes: { type: "boolean" } } as const;
  const { values } = argumentsIn({ args, options, strict: true });
  const asked = whoIn(values);
  const dry = values["dry-run"] === true;
  if (!dry && !values.yes && !process.stdin.isTTY) {
    throw wrong("erase: expected --yes where there is no terminal to ask on, or --dry-run to look first");
  }
  const db = await open();
  const person = await findPerson(db, asked);
  if (asked.userId !== undefined && !person.isUser) {
    console.error(`There is no user ${JSON.stringify(asked.userId)} (any more); what bears the id goes all the same.`);
  }
  if (!dry && !values.yes && !(await confirmed(asked))) {
    console.error("Nothing was erased.");
    return 1;
  }
  const counts = await erasePerson(db, person, now, { dry });
  const touched = Object.entries(counts).filter(([, n]) => n > 0);
  const lines = touched.map(([name, n]) => [name, String(n)]);
  console.log(lines.length === 0 ? "Nothing is stored." : table(["table", dry ? "rows that would go" : "rows"], lines));
  return 0;
}

async function confirmed({ userId, addresses }: Person): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const whom = [userId, ...addresses].filter((known) => known !== undefined).join(", ");
  const answer = await terminal.question(`Erase everything of ${whom}? Nothing brings it back. Type yes: `);
  terminal.close();
  return answer.trim().toLowerCase() === "yes";
}

function whoIn(values: {
  user?: string | undefined;
  email?: string[] | undefined;
  name?: string[] | undefined;
}): Person {
  const { user, email = [], name = [] } = values;
  if (user === undefined && email.length === 0)
    throw wrong("privacy: expected --user ID or --email ADDRESS, got neither");
  if (user !== undefined && !id.safeParse(user).success) {
    throw wrong(`user: expected the id of a user, got ${JSON.stringify(user)}`);
  }
  for (const one of email) {
    const { reason } = readAddress(one);
    if (reason !== undefined) throw wrong(`email: expected ${reason}, got ${JSON.stringify(one)}`);
  }
  for (const one of name)
    if (!/\S+\s+\S+/.test(one)) throw wrong(`name: expected a first and a last name, got ${JSON.stringify(one)}`);
  return { userId: user, addresses: email, names: name.map((one) => one.normalize("NFC").trim()) };
}

const wrong = (message: string): AppError => new AppError("invalid-parameter", message);
