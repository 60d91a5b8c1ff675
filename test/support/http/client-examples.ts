import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The blocks of code of docs/client.md that have a name, as files. */
export function clientExamples(): { name: string; code: string }[] {
  const text = readFileSync(join(import.meta.dirname, "../../../docs/client.md"), "utf8");
  return [...text.matchAll(/^```(tsx?) (\w+)\n(.*?)^```$/gms)].map(([, type, name, code = ""]) => ({
    name: `${name}.${type}`,
    code,
  }));
}
