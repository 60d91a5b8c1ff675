import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build, type Plugin } from "esbuild";
import { buildConsole } from "./console.ts";

/** The scripts and styles of the pages under `web/pages/`, by the path that a page names them with. */
const ENTRIES: Readonly<Record<string, string>> = {
  "/api.js": "web/pages/api.js",
  "/api.css": "web/pages/api.css",
  "/booking.js": "web/pages/booking.js",
  "/style.css": "web/pages/style.css",
};

/** Names of files below `/assets` change with their content, so that browsers may keep them for good (vercel.json). */
const ASSETS = "assets";

const BUNDLED = {
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
} as const;

/** What a page loads. Links to files for people (`<a href>`) keep their names. */
const LOADED = /(<script\b[^>]*\ssrc|<link\b[^>]*\shref)="(\/[^"]+\.(?:js|css))"/g;

/**
 * Bundles what pages load into `assets/`, under names with hashes, and writes pages that name it so.
 * @throws Error where a page names a script or a style of ours that is not bundled.
 */
export async function writePages(pages: readonly string[], directory: string): Promise<void> {
  const assets = join(directory, ASSETS);
  const names = await writeAssets(assets);
  const built = await buildConsole();
  for (const [name, { contents }] of built.files) writeFileSync(join(assets, name), contents);
  names.set("/console.js", built.script).set("/console.css", built.style);
  const preloads = built.preload.map((name) => `<link rel="modulepreload" href="/${ASSETS}/${name}" />`).join("");
  mkdirSync(directory, { recursive: true });
  for (const page of pages) {
    const source = readFileSync(page, "utf8");
    const named = source.replace(LOADED, (_, attribute, path) => {
      const name = names.get(path);
      if (name === undefined) throw new Error(`${page}: expected scripts and styles of scripts/assets.ts, got ${path}`);
      return `${attribute}="/${ASSETS}/${name}"`;
    });
    // Last, because they have their final names already.
    const script = `<script type="module" src="/${ASSETS}/${built.script}"`;
    writeFileSync(join(directory, basename(page)), named.replace(script, `${preloads}${script}`));
  }
}

/**
 * Puts the client of the API into the pages that import `/client.js`. A page and its client then always have the same age; the
 * local run serves the pages as they are, and the client under that path.
 */
const ownClient: Plugin = {
  name: "client",
  setup({ onResolve }) {
    onResolve({ filter: /^\/client\.js$/ }, () => ({ path: join(import.meta.dirname, "../web/client/client.ts") }));
  },
};

/** @returns the files' names by the paths that pages name them with. */
async function writeAssets(outdir: string): Promise<Map<string, string>> {
  const { metafile } = await build({
    ...BUNDLED,
    entryPoints: Object.entries(ENTRIES).map(([path, file]) => ({
      in: file,
      out: basename(path).replace(/\.\w+$/, ""),
    })),
    outdir,
    entryNames: "[name]-[hash]",
    metafile: true,
    plugins: [ownClient],
  });
  const paths = new Map(Object.entries(ENTRIES).map(([path, file]) => [file, path]));
  const names = new Map<string, string>();
  for (const [output, { entryPoint = "", cssBundle }] of Object.entries(metafile.outputs)) {
    const path = paths.get(entryPoint);
    if (path === undefined) continue;
    names.set(path, basename(output));
    if (cssBundle !== undefined) names.set(path.replace(/\.js$/, ".css"), basename(cssBundle));
  }
  return names;
}
