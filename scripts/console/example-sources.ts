import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Plugin } from "esbuild";

const EXAMPLES = join(import.meta.dirname, "../../web/console/pages/parts/examples");

/** Makes the module `example-sources`: the code of the examples of the parts page, which shows it beside what it draws. */
export const exampleSources: Plugin = {
  name: "example-sources",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^example-sources$/ }, () => ({ path: "example-sources", namespace: "example-sources" }));
    onLoad({ filter: /.*/, namespace: "example-sources" }, () => {
      const files = globSync(join(EXAMPLES, "*.tsx")).sort();
      return {
        contents: JSON.stringify(
          Object.fromEntries(files.flatMap((file) => examplesOf(readFileSync(file, "utf8"), basename(file)))),
        ),
        loader: "json",
        watchFiles: files,
      };
    });
  },
};

/** @returns each exported function by its name: from the line that begins it to the line that ends it. */
function examplesOf(source: string, file: string): [name: string, code: string][] {
  const found = [...source.matchAll(/^export function (\w+)\([\s\S]*?\n}\n/gm)];
  if (found.length === 0) throw new Error(`${file}: expected exported functions`);
  return found.map(([code, name = ""]) => [name, code.replace("export function", "function").trimEnd()]);
}
