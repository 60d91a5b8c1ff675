import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** `npm run serve`: starts what `npm run build` has made; makes it first where nobody has yet. */
const SERVER = "dist/serve/main.js";

if (!existsSync(SERVER)) {
  const { status } = spawnSync("npm", ["run", "build"], { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) process.exit(1);
}
await import(pathToFileURL(join(process.cwd(), SERVER)).href);
