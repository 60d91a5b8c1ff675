import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { ICON_NAMES } from "../../web/console/ui/basics/icon-names.ts";

const ICONS = join(import.meta.dirname, "../../node_modules/lucide-static/icons");

/** Makes the module `icon-shapes`: what is inside the `<svg>` of each icon that the console names. */
export const iconShapes: Plugin = {
  name: "icon-shapes",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^icon-shapes$/ }, () => ({ path: "icon-shapes", namespace: "icon-shapes" }));
    onLoad({ filter: /.*/, namespace: "icon-shapes" }, () => ({
      contents: JSON.stringify(Object.fromEntries(ICON_NAMES.map((name) => [name, shapesOf(name)]))),
      loader: "json",
    }));
  },
};

/** @throws Error for a name that lucide lacks. */
function shapesOf(name: string): string {
  const svg = readFileSync(join(ICONS, `${name}.svg`), "utf8");
  const inside = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  return inside.replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>");
}
