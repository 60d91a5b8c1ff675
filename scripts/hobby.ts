import { cpSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import vercel from "../vercel.json" with { type: "json" };
import { bundle } from "./bundle.ts";

/**
 * `npm run build:hobby`, after `npm run build`: writes a project for Vercel's Hobby plan to `.hobby/`. The plan allows
 * neither as many functions nor as frequent crons, so the project has the same code in one function and no crons.
 */
const TARGET = ".hobby";
/** `vercel link` writes here which project this is. It survives a new build. */
const PROJECT_LINK = ".vercel";
const METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
/** Packages that cannot be bundled: a native library, and the fonts that it draws with. */
const INSTALLED = ["@resvg/resvg-js", "@expo-google-fonts/inter"] as const;

async function main(): Promise<void> {
  mkdirSync(TARGET, { recursive: true });
  for (const name of readdirSync(TARGET)) {
    if (name !== PROJECT_LINK) rmSync(join(TARGET, name), { recursive: true });
  }
  mkdirSync(join(TARGET, "api"));
  cpSync("public", join(TARGET, "public"), { recursive: true });
  const entry = join(TARGET, "one.ts");
  writeFileSync(entry, entrySource());
  await bundle([entry], TARGET, join(TARGET, "dist"));
  rmSync(entry);
  writeFileSync(join(TARGET, "api/index.js"), `export { ${METHODS} } from "../dist/one.js";\n`);
  writeJson("package.json", manifest());
  writeJson("vercel.json", configuration());
  console.log(`${TARGET}/ is ready to deploy: docs/deployment.md says how, and what has to fire its jobs`);
}

function entrySource(): string {
  const functions = globSync("api/**/*.ts").sort();
  const entries = functions.map((file) => `  ${JSON.stringify(file)}: () => import(${JSON.stringify(`../${file}`)}),`);
  return [
    'import { oneFunction } from "../lib/server/one-function.ts";',
    `export const { ${METHODS} } = oneFunction({`,
    ...entries,
    "});",
    "",
  ].join("\n");
}

function manifest(): object {
  const { name, version, engines, dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  const installed = Object.fromEntries(INSTALLED.map((name) => [name, dependencies[name]]));
  return { name, version, private: true, type: "module", engines, dependencies: installed };
}

function configuration(): object {
  const { crons: _, buildCommand: __, functions, ...others } = vercel;
  const [jobs] = Object.values(functions);
  return {
    ...others,
    buildCommand: "true",
    // The same limits as the function of a job, because this function runs jobs, too.
    functions: { "api/index.js": jobs },
    rewrites: [{ source: "/(.*)", destination: "/api" }],
  };
}

const writeJson = (name: string, content: object): void =>
  writeFileSync(join(TARGET, name), `${JSON.stringify(content, null, 2)}\n`);

await main();
