import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { type Method, methodsOf } from "./client/methods.ts";
import { schemaTypes } from "./client/types.ts";
import { openApiDocument } from "./openapi.ts";
import { gzipped } from "./tracker.ts";

/** The largest size of the client, in bytes, gzipped. */
export const MAX_GZIPPED = 4096;

const SOURCE = join(import.meta.dirname, "../web/client");
const HEAD = "// Generated from the OpenAPI document by `npm run client`. Do not edit.\n";

/** `npm run client` writes web/client/generated/; with `--check`, it fails if the files are not what would be written. */
async function main(): Promise<void> {
  const files = await generatedFiles();
  const outdated = Object.entries(files).filter(([name, text]) => textOf(name) !== text);
  if (process.argv.includes("--check")) {
    for (const [name] of outdated) console.error(`web/client/${name} is out of date. Run: npm run client`);
    if (outdated.length > 0) process.exitCode = 1;
  } else {
    mkdirSync(join(SOURCE, "generated"), { recursive: true });
    for (const [name, text] of outdated) writeFileSync(join(SOURCE, name), text);
  }
  const size = gzipped(await buildClient());
  console.log(`client.js ${size} bytes gzipped (at most ${MAX_GZIPPED})`);
  if (size > MAX_GZIPPED) process.exitCode = 1;
}

/** The generated sources, by their path in web/client. */
async function generatedFiles(): Promise<Record<string, string>> {
  const document = await openApiDocument();
  const methods = methodsOf(document);
  return {
    "generated/operations.ts": operationTable(methods),
    "generated/types.ts": `${HEAD}\n${OPTIONS_IMPORT}\n${await schemaTypes(document, methods)}\n${clientType(methods)}`,
  };
}

const OPTIONS_IMPORT = 'import type { CallOptions } from "../call-options.ts";\n';

function operationTable(methods: readonly Method[]): string {
  const entries = methods.map(({ id, entry }) => `  ${id}: ${JSON.stringify(entry)},\n`).join("");
  return `${HEAD}
import type { Client } from "./types.ts";

/** The operations by id: method and path, then headers that are parameters, statuses that are answers, and \`public\`. */
export const OPERATIONS: Readonly<Record<keyof Client, string>> = {
${entries}};
`;
}

/** The interface of the client, with what the document says about each operation. */
function clientType(methods: readonly Method[]): string {
  const members = methods.map(({ id, about, input, answer }) => {
    const comment = about.map((text) => `   * ${text.replaceAll("*/", "* /").replaceAll("\n", "\n   * ")}\n`).join("");
    const parameter =
      input === undefined ? "input?: Record<string, never>" : `input${input.isRequired ? "" : "?"}: ${input.name}`;
    return `  /**\n${comment}   */\n  ${id}(${parameter}, options?: CallOptions): Promise<${answer}>;\n`;
  });
  return `/** The operations of the API as methods. */\nexport interface Client {\n${members.join("")}}\n`;
}

function textOf(name: string): string | undefined {
  try {
    return readFileSync(join(SOURCE, name), "utf8");
  } catch {
    return undefined;
  }
}

/** Bundles the client as an ES module. */
export async function buildClient(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(SOURCE, "client.ts")],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
  });
  return outputFiles[0]?.text ?? "";
}

/** Writes `client.js` and its types into a directory. */
export async function writeClient(directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "client.js"), await buildClient());
  writeFileSync(join(directory, "client.d.ts"), await clientDeclarations());
}

/** The modules whose types users of the client need, in the order of their declarations. */
const TYPED = ["generated/types.ts", "call-options.ts", "api-error.ts", "client.ts"];

/** The types of the client in one file, without imports. */
export async function clientDeclarations(): Promise<string> {
  // Loaded only here, so that npm start, which builds the client too, does not load the compiler.
  const { default: ts } = await import("typescript");
  const declared = TYPED.map(
    (name) => ts.transpileDeclaration(readFileSync(join(SOURCE, name), "utf8"), {}).outputText,
  );
  return declared.join("\n").replace(/^(import|export) .*from ".*";\n/gm, "");
}

if (import.meta.main) await main();
