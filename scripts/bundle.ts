import { join, relative } from "node:path";
import { rolldown } from "rolldown";

const EXTENSIONS = { cjs: "cjs", es: "js" } as const;

/**
 * Bundles modules for Node together with their packages, in shared chunks. A function then reads a few files instead of
 * hundreds, which take most of the time of a cold start. Whitespace is removed, and names are kept for stack traces.
 * @param format Functions are CommonJS: its loader is faster, an `import` of a module of Node would run all getters of that
 *   module, and the platform caches the bytecode of CommonJS only. Modules with a top-level `await` have to be "es".
 * @returns the sources that are part of the bundles.
 */
export async function bundle(
  entryPoints: string[],
  outbase: string,
  outdir: string,
  format: keyof typeof EXTENSIONS = "cjs",
): Promise<string[]> {
  const bundles = await rolldown({
    input: Object.fromEntries(entryPoints.map((file) => [relative(outbase, file).replace(/\.ts$/, ""), file])),
    platform: "node",
    resolve: {
      conditionNames: ["source"],
      // The package's index loads all its parts, of which functions need one.
      alias: { "@vercel/functions$": join(process.cwd(), "node_modules/@vercel/functions/wait-until.js") },
    },
    external: [
      // Only the local run uses it.
      /^@electric-sql\/pglite/,
      "pg-native",
      // A native library: the platform finds its import and copies it beside the function.
      "@resvg/resvg-js",
    ],
  });
  const { output } = await bundles.write({
    dir: outdir,
    format,
    entryFileNames: `[name].${EXTENSIONS[format]}`,
    chunkFileNames: `chunks/[name]-[hash].${EXTENSIONS[format]}`,
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  });
  await bundles.close();
  const sources = output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
  return sources.map((source) => relative(process.cwd(), source));
}
