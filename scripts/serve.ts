import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { SERVER_BUNDLE } from "./server-bundle.ts";

/** `npm run serve`: starts the server that `npm run build` made, and builds first where there is none. */
if (!existsSync(SERVER_BUNDLE)) {
  const { status } = spawnSync("npm", ["run", "build"], { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) process.exit(1);
}
await import(pathToFileURL(join(process.cwd(), SERVER_BUNDLE)).href);
