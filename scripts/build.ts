import { cpSync, globSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { config } from "../lib/config/config.ts";
import { explainError } from "../lib/db/failures/unavailable.ts";
import { type Environment, migrateForBuild } from "../lib/db/migrations/build-migration.ts";
import { writePages } from "./assets.ts";
import { bundle } from "./bundle.ts";
import { writeOpenApi } from "./openapi.ts";
import { writeTracker } from "./tracker.ts";

/**
 * What the platform runs before it compiles `api/`:
 * - bundles what the functions import as `#lib/…` into `dist/` (bundle.ts says why), and the server that self-hosting runs;
 * - fills `public/`, the API's document included, so that nothing else of the project is served as a file;
 * - migrates the database on Vercel: production's build its own, a preview's build its own and never production's.
 */
async function main(): Promise<void> {
  rmSync("dist", { recursive: true, force: true });
  refuseLocalCode(await bundle([...importedByFunctions(), "lib/server/main.ts"], "lib", "dist"));
  rmSync("public", { recursive: true, force: true });
  await writePages(globSync("web/pages/*.html"), "public");
  for (const file of STABLE) cpSync(join("web/pages", file), join("public", file));
  await writeTracker("public");
  await writeOpenApi("public");
  if (config().production) await migrateDatabase("production");
  if (config().preview) await migrateDatabase("preview");
}

/** What of `web/pages/` is served under its own name: pages that functions make name the style sheet. */
const STABLE = ["style.css", "favicon.svg"];

/** The stand-ins of the local run hold demo data and open doors: no function may contain them. */
function refuseLocalCode(sources: string[]): void {
  const local = sources.filter((source) => /^(dev|test|bench)\//.test(source));
  if (local.length > 0) throw new Error(`expected bundles of lib/ and packages only, got ${local.join(", ")}`);
}

/** The modules of `lib/` that files under `api/` name. */
function importedByFunctions(): string[] {
  const names = globSync("api/**/*.ts").flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/from "#lib\/([^"]+)"/g)].map(([, name]) => join("lib", `${name}.ts`)),
  );
  return [...new Set(names)].sort();
}

async function migrateDatabase(environment: Environment): Promise<void> {
  try {
    await migrateForBuild(environment, config(), new Date(), (line) => console.log(line));
  } catch (error) {
    console.error(`The database could not be migrated. ${explainError(error).message}`);
    process.exit(1);
  }
}

await main();
