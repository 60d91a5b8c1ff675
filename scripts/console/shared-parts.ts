import { globSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Plugin } from "esbuild";

const CONSOLE = join(import.meta.dirname, "../../web/console");

/** What the pages share. Not the calendar and the drawing of charts, whose libraries are large. */
const SHARED =
  "{ui/{context,format,locale,use-*,words}*,ui/{basics,page,data,form,overlay,charts}/*,routing/*,pages/shared/*}.{ts,tsx}";
const LARGE = /\.d\.ts$|\/draw-lines\.ts$/;

/**
 * Keeps what the pages share in one chunk, which loads with the entry. esbuild makes a chunk for each set of pages that use the same
 * modules, which are dozens of a few hundred bytes. Whatever is loaded later therefore imports all shared modules.
 */
export const sharedParts = (entry: string): Plugin => ({
  name: "shared-parts",
  setup({ onResolve, onLoad, resolve }) {
    const withParts = (path: string) => ({
      contents: `import "shared-parts";\n${readFileSync(path, "utf8")}`,
      loader: "tsx" as const,
    });
    onLoad({ filter: /main\.tsx$/ }, ({ path }) => (path === entry ? withParts(path) : undefined));
    onResolve({ filter: /^\..*\.tsx$/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (kind !== "dynamic-import" || pluginData === RESOLVING) return undefined;
      const { path: page } = await resolve(path, { kind, resolveDir, pluginData: RESOLVING });
      return { path: page, pluginData: PAGE };
    });
    onLoad({ filter: /\/web\/console\/.*\.tsx$/ }, ({ path, pluginData }) =>
      pluginData === PAGE ? withParts(path) : undefined,
    );
    onResolve({ filter: /^shared-parts$/ }, ({ path }) => ({ path, namespace: "shared-parts", sideEffects: true }));
    onLoad({ filter: /.*/, namespace: "shared-parts" }, () => {
      const files = globSync(join(CONSOLE, SHARED)).filter((file) => !LARGE.test(file));
      return {
        contents: files.map((file) => `import ${JSON.stringify(`./${relative(CONSOLE, file)}`)};`).join("\n"),
        resolveDir: CONSOLE,
      };
    });
  },
});

const RESOLVING = Symbol("resolving");
const PAGE = Symbol("page");
