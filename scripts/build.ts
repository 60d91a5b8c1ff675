import { cpSync, globSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { config } from "../lib/config.ts";
import { connect } from "../lib/db/client.ts";
import { migrate } from "../lib/db/migrate.ts";

/**
 * What the platform runs before it compiles `api/`:
 * - bundles what the functions import as `#lib/…` into `dist/`, in shared chunks: one file is read where hundreds of
 *   the packages' would be, which is most of a cold start;
 * - fills `public/`, so that nothing else of the project is served as a file;
 * - migrates the database, on production deployments only.
 */
async function main(): Promise<void> {
  rmSync("dist", { recursive: true, force: true });
  await build({
    entryPoints: importedByFunctions(),
    outbase: "lib",
    outdir: "dist",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    // Local only; never part of a function.
    external: ["@electric-sql/pglite", "pg-native"],
    // CommonJS packages inside an ES module bundle still ask for Node's own modules with require().
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  rmSync("public", { recursive: true, force: true });
  cpSync("web", "public", { recursive: true });
  if (config().production) await migrateProduction();
}

/** The modules of `lib/` that files under `api/` name. */
function importedByFunctions(): string[] {
  const names = globSync("api/**/*.ts").flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/from "#lib\/([^"]+)"/g)].map(([, name]) => join("lib", `${name}.ts`)),
  );
  return [...new Set(names)].sort();
}

async function migrateProduction(): Promise<void> {
  const connection = await connect(config().databaseUrl);
  console.log(`${await migrate(connection.db)} migrations applied`);
  await connection.close();
}

await main();
