import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";

/**
 * `npm run build:platform`: builds as Vercel does, with its own command line (pinned in package-lock.json), into
 * `.vercel/output`. It needs no account, because the project file replaces a linked project, and does not install
 * dependencies again.
 */
const project = {
  projectId: "prj_local",
  orgId: "team_local",
  settings: { framework: null, nodeVersion: "24.x", installCommand: "true" },
};
mkdirSync(".vercel", { recursive: true });
writeFileSync(".vercel/project.json", JSON.stringify(project));
rmSync(".vercel/output", { recursive: true, force: true });

const built = spawnSync("vercel", ["build", "--prod", "--yes", "--token", "none"], {
  stdio: ["ignore", "inherit", "inherit"],
  env: { ...process.env, VERCEL_TELEMETRY_DISABLED: "1", VERCEL_INSTALL_COMPLETED: "1" },
});
process.exitCode = built.status ?? 1;
