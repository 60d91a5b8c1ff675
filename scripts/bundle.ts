import { build } from "esbuild";

/**
 * Bundles modules for Node, packages included, in shared chunks: a function then reads a handful of files instead of
 * the packages' hundreds, which is most of a cold start.
 * @returns The sources that went into the bundles.
 */
export async function bundle(entryPoints: string[], outbase: string, outdir: string): Promise<string[]> {
  const { metafile } = await build({
    metafile: true,
    entryPoints,
    outbase,
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    conditions: ["source"],
    external: [
      // Local only; never part of a function.
      "@electric-sql/pglite",
      "pg-native",
      // A native library: the platform finds it where it is imported from, and puts it beside the function.
      "@resvg/resvg-js",
    ],
    // CommonJS packages inside an ES module bundle still ask for Node's own modules with require().
    // The name is one that no module takes: esbuild does not see it, and a chunk must not declare it twice.
    banner: {
      js: "import { createRequire as $requireFor } from 'node:module'; const require = $requireFor(import.meta.url);",
    },
  });
  return Object.keys(metafile.inputs);
}
