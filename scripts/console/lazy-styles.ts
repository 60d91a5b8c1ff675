import { build, type Plugin } from "esbuild";

/**
 * Style sheets that a component imports come with its chunk and are adopted when it loads. esbuild alone would write them into
 * files that nothing loads. Only the entry's style sheets become a file, which the page names.
 */
export const lazyStyles = (entry: string): Plugin => ({
  name: "lazy-styles",
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /\.css$/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (pluginData === RESOLVING || kind !== "import-statement" || importer === entry) return undefined;
      const { path: file, errors } = await resolve(path, { kind, importer, resolveDir, pluginData: RESOLVING });
      return errors.length > 0 ? { errors } : { path: file, namespace: "lazy-styles" };
    });
    onLoad({ filter: /.*/, namespace: "lazy-styles" }, async ({ path }) => {
      const { outputFiles, metafile } = await build({
        entryPoints: [path],
        ...{ bundle: true, minify: true, write: false, metafile: true, target: "es2022" },
      });
      const css = JSON.stringify(outputFiles[0]?.text ?? "");
      return {
        contents: `const sheet = new CSSStyleSheet(); sheet.replaceSync(${css}); document.adoptedStyleSheets.push(sheet);`,
        watchFiles: Object.keys(metafile.inputs),
      };
    });
  },
});

const RESOLVING = Symbol("resolving");
