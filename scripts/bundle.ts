import { build } from "esbuild";

/**
 * Bundles modules for Node, packages included, in shared chunks: a function then reads a handful of files instead of
 * the packages' hundreds, which is most of a cold start.
 */
export async function bundle(entryPoints: string[], outbase: string, outdir: string): Promise<void> {
  await build({
    entryPoints,
    outbase,
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    conditions: ["source"],
    // Local only; never part of a function.
    external: ["@electric-sql/pglite", "pg-native"],
    // CommonJS packages inside an ES module bundle still ask for Node's own modules with require().
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
}
