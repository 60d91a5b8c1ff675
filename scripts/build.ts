import { cpSync, globSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { config } from "../lib/config/config.ts";
import { explainError } from "../lib/db/failures/unavailable.ts";
import { type Environment, migrateForBuild } from "../lib/db/migrations/build-migration.ts";
import { writePages } from "./assets.ts";
import { bundle } from "./bundle.ts";
import { writeClient } from "./client.ts";
import { writeOpenApi } from "./openapi.ts";
import { SERVER_SOURCE } from "./server-bundle.ts";
import { writeTracker } from "./tracker.ts";

/**
 * `npm run build`, which the platform runs before it compiles `api/`:
 * - bundles the modules that functions import as `#lib/…` into `dist/` (bundle.ts says why), and the server of self-hosting;
 * - fills `public/` with all files that are served, the OpenAPI document included;
 * - migrates the database on Vercel. The build of production migrates the database of production, the build of a preview
 *   migrates the database of previews, and never the other way round.
 */
async function main(): Promise<void> {
  rmSync("dist", { recursive: true, force: true });
  refuseLocalCode(await bundle([...importedByFunctions(), SERVER_SOURCE], "lib", "dist"));
  rmSync("public", { recursive: true, force: true });
  await writePages(globSync("web/pages/*.html"), "public");
  for (const file of STABLE) cpSync(join("web/pages", file), join("public", file));
  await writeTracker("public");
  await writeClient("public");
  await writeOpenApi("public");
  if (config().production) await migrateDatabase("production");
  if (config().preview) await migrateDatabase("preview");
}

/** Files of `web/pages/` that keep their names, because pages that functions write refer to them. */
const STABLE = ["style.css", "favicon.svg"];

/** The local run contains demo data and known secrets, which no function may contain. */
function refuseLocalCode(sources: string[]): void {
  const local = sources.filter((source) => /^(dev|test|bench)\//.test(source));
  if (local.length > 0) throw new Error(`expected bundles of lib/ and packages only, got ${local.join(", ")}`);
}

/** The modules of `lib/` that files under `api/` import. */
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
