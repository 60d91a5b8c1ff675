import { build } from "esbuild";

/**
 * Bundles modules for Node together with their packages, in shared chunks. A function then reads a few files instead of
 * hundreds, which take most of the time of a cold start.
 * @returns the sources that are part of the bundles.
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
      // Only the local run uses it.
      "@electric-sql/pglite",
      "pg-native",
      // A native library: the platform finds its import and copies it beside the function.
      "@resvg/resvg-js",
    ],
    // CommonJS packages in a bundle of ES modules still call require() for modules of Node. No module uses this name: esbuild
    // does not know it, and a chunk must not declare it twice.
    banner: {
      js: "import { createRequire as $requireFor } from 'node:module'; const require = $requireFor(import.meta.url);",
    },
  });
  return Object.keys(metafile.inputs);
}
